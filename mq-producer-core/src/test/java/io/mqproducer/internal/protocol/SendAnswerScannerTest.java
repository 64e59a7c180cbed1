package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scanner reads, {@link FrameCodec} reads alike; what is odd, it leaves to that. */
class SendAnswerScannerTest {

    private static final int FUZZED_HEADERS = 200_000;

    /** As a broker of 5.5.0 writes it. */
    private static final String ANSWER = """
            {"code":0,"extFields":{"queueId":"3","transactionId":"AC11000100002A139A5500000B600000","MSG_REGION":\
            "DefaultRegion","TRACE_ON":"true","msgId":"7F0000010000A9F500000000000001F4","queueOffset":"42"},"flag":1,\
            "language":"JAVA","opaque":-17,"serializeTypeCurrentRPC":"JSON","version":513}""";

    private static final String[] PIECES = {
        "\"",
        "\\",
        ",",
        ":",
        "{",
        "}",
        "{}",
        "[]",
        "null",
        "true",
        "-",
        "0",
        "00",
        "1",
        "9",
        "99999999999",
        "1.0",
        "1e3",
        "\"code\":0,",
        "\"code\":1,",
        "\"flag\":0",
        "\"opaque\":5,",
        "\"msgId\":\"\"",
        "\"msgId\":\"X\",",
        "\"remark\":\"r\",",
        "\"remark\":null,",
        "\"extFields\":{},",
        "\"queueId\":\"1\",",
        "\"queueOffset\":\"-1\",",
        "\u00e9",
        "\u0000",
        "\n",
        " ",
        "\"recallHandle\":\"R\",",
        "\"batchUniqId\":\"B\",",
        "\"TRACE_ON\":\"false\",",
        "\"MSG_REGION\":\"\",",
        "a",
        "F"
    };

    private final SendAnswerScanner scanner = new SendAnswerScanner();

    @Test
    void readsTheAnswerOfABroker() {
        SendMessageResponse read = scan(ANSWER);

        assertThat(read).isNotNull();
        assertThat(read.opaque()).isEqualTo(-17);
        assertThat(read.queueId()).isEqualTo(3);
        assertThat(read.queueOffset()).isEqualTo(42);
        assertThat(read.offsetMsgId()).isEqualTo("7F0000010000A9F500000000000001F4");
        assertThat(read.transactionId()).isEqualTo("AC11000100002A139A5500000B600000");
        assertThat(read.regionId()).isEqualTo("DefaultRegion");
        assertThat(read.traceOn()).isTrue();
        assertThat(read).isEqualTo(slowly(ANSWER));
    }

    @Test
    void readsFieldsInAnyOrder() {
        List<String> outer =
                new ArrayList<>(List.of("\"code\":0", "\"flag\":1", "\"opaque\":7", "\"language\":\"GO\""));
        List<String> inner = new ArrayList<>(List.of(
                "\"queueId\":\"0\"",
                "\"queueOffset\":\"999999999999999999\"",
                "\"msgId\":\"7F0000010000A9F500000000000001F4\"",
                "\"TRACE_ON\":\"false\"",
                "\"MSG_REGION\":\"hz\"",
                "\"recallHandle\":\"R\"",
                "\"batchUniqId\":\"B\""));
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Collections.shuffle(inner, random);
            List<String> fields = new ArrayList<>(outer);
            fields.add("\"extFields\":{" + String.join(",", inner) + "}");
            Collections.shuffle(fields, random);
            String header = "{" + String.join(",", fields) + "}";

            assertThat(scan(header)).as(header).isNotNull().isEqualTo(slowly(header));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 20, 1_000})
    void m5_readsTheIdsOfABatchHoweverManyThereAre(int messages) {
        String answer = ofBatch(messages, "7F0000010000A9F5000000000000%04X");

        SendMessageResponse read = scan(answer);

        assertThat(read).isNotNull().isEqualTo(slowly(answer));
        assertThat(read.offsetMsgId(messages - 1))
                .isEqualTo("7F0000010000A9F5000000000000%04X".formatted(messages - 1));
        assertThat(scan(ANSWER)).as("and single messages after that").isEqualTo(slowly(ANSWER));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void readsTheIdsOfBrokersWithAnIPv6Address(int messages) {
        String id = "20010DB8000000000000000000000001" + "00002A9F" + "000000000000%04X";
        String answer = ofBatch(messages, id);

        assertThat(scan(answer)).isNotNull().isEqualTo(slowly(answer));
    }

    @Test
    void remembersNothingOfTheAnswerBefore() {
        scan(ANSWER.replace("\"queueId\"", "\"recallHandle\":\"R\",\"queueId\"").replace("Default", "Other"));
        String plain = "{\"code\":0,\"extFields\":{\"queueId\":\"3\",\"msgId\":\"7F0000010000A9F500000000000001F4\","
                + "\"queueOffset\":\"42\"},\"flag\":1,\"opaque\":1}";

        SendMessageResponse read = scan(plain);

        assertThat(read).isNotNull().isEqualTo(slowly(plain));
        assertThat(read.recallHandle()).isNull();
        assertThat(read.transactionId()).isNull();
        assertThat(read.regionId()).isEqualTo("DefaultRegion");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code\":0|code\":10",
                "flag\":1|flag\":0",
                "\"opaque\":-17,|",
                "-17|2147483648",
                "-17|1.5",
                "JAVA|JA\\\\VA",
                "JAVA|J\u00e9",
                "\"3\"|3",
                "\"3\"|\"\"",
                "\"3\"|\"-3\"",
                "\"42\"|\"9223372036854775808\"",
                "7F0000010000A9F5|7f0000010000a9f5",
                "\"flag\"|\"remark\":\"r\",\"flag\"",
                "\"flag\"|\"code\":0,\"flag\"",
                "\"flag\"|\"msgId\":\"7F0000010000A9F500000000000001F4\",\"flag\"",
                "\"queueId\"|\"code\":0,\"queueId\"",
                "\"queueId\"|\"what\":\"ever\",\"queueId\"",
                "513}|513} ",
                "513}|513",
                "513}|513,}"
            })
    void leavesWhatIsOddToOthers(String change) {
        String[] oldAndNew = change.split("\\|", 2);
        String odd = ANSWER.replace(oldAndNew[0], oldAndNew[1]);

        assertThat(odd).isNotEqualTo(ANSWER);
        assertThat(scan(odd)).isNull();
    }

    @Test
    void leavesOtherFramesToOthers() {
        byte[] header = ANSWER.getBytes(ISO_8859_1);
        ByteBuf binary = Unpooled.buffer().writeInt(1 << 24 | header.length).writeBytes(header);
        ByteBuf withBody =
                Unpooled.buffer().writeInt(header.length).writeBytes(header).writeByte(1);
        ByteBuf tiny = Unpooled.buffer().writeInt(0);
        ByteBuf large = Unpooled.buffer().writeInt(2000).writeZero(2000);

        for (ByteBuf frame : List.of(binary, withBody, tiny, large)) {
            assertThat(scanner.scan(frame, 0, frame.readableBytes())).isNull();
        }
    }

    /** S-FUZZ of this reader: whatever it does not leave to the others it must read as they do. */
    @Test
    void s30_readsWhatTheGeneralReaderReads() {
        Random random = new Random(20261120);
        int read = 0;
        for (int i = 0; i < FUZZED_HEADERS; i++) {
            String header = mutated(random);
            SendMessageResponse fast = scan(header);
            if (fast != null) {
                read++;
                assertThat(fast).as(header).isEqualTo(slowly(header));
            }
        }
        assertThat(read).isBetween(FUZZED_HEADERS / 100, FUZZED_HEADERS / 2);
    }

    private static String mutated(Random random) {
        StringBuilder header =
                new StringBuilder(random.nextBoolean() ? ANSWER : ofBatch(3, "7F0000010000A9F5000000000000%04X"));
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(header.length());
            String piece = PIECES[random.nextInt(PIECES.length)];
            switch (random.nextInt(4)) {
                case 0 -> header.insert(at, piece);
                case 1 -> header.replace(at, Math.min(header.length(), at + piece.length()), piece);
                case 2 -> header.delete(at, Math.min(header.length(), at + 1 + random.nextInt(30)));
                default -> header.setCharAt(at, (char) (random.nextInt(95) + ' '));
            }
        }
        return header.toString();
    }

    private static String ofBatch(int messages, String id) {
        String ids = IntStream.range(0, messages).mapToObj(id::formatted).collect(Collectors.joining(","));
        return ANSWER.replace("7F0000010000A9F500000000000001F4", ids)
                .replace("\"transactionId\":\"AC11000100002A139A5500000B600000\",", "");
    }

    private @Nullable SendMessageResponse scan(String header) {
        ByteBuf frame = frame(header);
        SendMessageResponse read = scanner.scan(frame, 0, frame.readableBytes());
        assertThat(frame.readerIndex()).isZero();
        return read;
    }

    /** By the general reader, all of whose conditions hold. */
    private static SendMessageResponse slowly(String header) {
        RemotingCommand command = new FrameCodec().readFrame(frame(header));
        assertThat(command.isResponse()).isTrue();
        assertThat(command.code()).isZero();
        assertThat(command.remark()).isNull();
        return SendMessageResponse.from(command);
    }

    private static ByteBuf frame(String header) {
        byte[] bytes = header.getBytes(ISO_8859_1);
        return Unpooled.buffer().writeInt(bytes.length).writeBytes(bytes);
    }
}
