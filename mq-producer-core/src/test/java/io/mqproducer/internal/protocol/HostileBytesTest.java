package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Random and damaged bytes: whatever they are, they are understood or refused, and nothing else happens. */
class HostileBytesTest {

    private static final int ROUNDS = 30_000;

    private static final byte[] BINARY = ByteBufUtil.decodeHexDump(GoldenFramesTest.SEND_RESPONSE.substring(8));

    private static final String JSON_TEXT =
            "{\"code\":0,\"extFields\":{\"queueId\":\"1\",\"msgId\":\"7F00\",\"queueOffset\":5,"
                    + "\"x\":null,\"TRACE_ON\":true,\"i\":\"\\u0001\u20ac\\ud83d\\ude00\"},\"flag\":1,\"language\":\"JAVA\",\"opaque\":-7,"
                    + "\"remark\":\"r\\n\",\"unknown\":[{\"a\":[1.5e3]}],\"version\":513}";

    private static final byte[] ROUTE = ("{\"brokerDatas\":[{\"brokerAddrs\":{0:\"10.0.0.1:10911\",\"1\":\"b:1\"},"
                    + "\"brokerName\":\"broker-a\",\"cluster\":\"C\"}],\"filterServerTable\":{},\"orderTopicConf\":null,"
                    + "\"queueDatas\":[{\"brokerName\":\"broker-a\",\"perm\":6,\"readQueueNums\":8,\"topicSysFlag\":0,"
                    + "\"writeQueueNums\":8}],\"topicQueueMappingByBroker\":{\"b\":{\"currIdMap\":{0:0}}}}")
            .getBytes(UTF_8);

    private final Random random = new Random(20261120);

    @Test
    void f38_f39_randomBytesAsAFrameAreUnderstoodOrRefused() {
        int refused = feed(() -> randomBytes(200), Frames::readFrame);

        assertThat(refused).isGreaterThan(ROUNDS / 2);
    }

    @Test
    void i12_f39_aDamagedBinaryHeaderIsUnderstoodOrRefused() {
        int refused = feed(() -> damaged(BINARY), HostileBytesTest::readAnswer);

        assertThat(refused).isBetween(1, ROUNDS - 1);
    }

    @Test
    void f40_aDamagedJsonHeaderIsUnderstoodOrRefused() {
        byte[] frame = Frames.frame(0, JSON_TEXT.getBytes(UTF_8), new byte[] {1, 2, 3});

        int refused = feed(() -> damaged(frame), HostileBytesTest::readAnswer);

        assertThat(refused).isBetween(1, ROUNDS - 1);
    }

    @Test
    void f40_aHeaderCutAtAnyByteIsRefused() {
        byte[] json = JSON_TEXT.getBytes(UTF_8);
        for (int length = 0; length < json.length; length++) {
            byte[] cut = Arrays.copyOf(json, length);

            assertThat(isUsable(() -> Frames.readFrame(Frames.frame(0, cut, new byte[0]))))
                    .isFalse();
        }
    }

    @Test
    void f09_f40_aDamagedRouteIsUnderstoodOrRefused() {
        int refused = feed(() -> damaged(ROUTE), TopicRouteData::parse);

        assertThat(refused).isBetween(1, ROUNDS - 1);
    }

    @Test
    void f09_aRouteOfRandomBytesIsRefused() {
        feed(() -> randomBytes(100), TopicRouteData::parse);
    }

    private static void readAnswer(byte[] frame) {
        SendMessageResponse.from(Frames.readFrame(frame));
    }

    private int feed(Supplier<byte[]> bytes, Consumer<byte[]> reader) {
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] input = bytes.get();
            if (!isUsable(() -> reader.accept(input))) {
                refused++;
            }
        }
        return refused;
    }

    /** Anything but a {@link ProtocolException} goes through, and fails the test. */
    private static boolean isUsable(Runnable reader) {
        try {
            reader.run();
            return true;
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(512).doesNotContain("\n", "\r");
            return false;
        }
    }

    private byte[] randomBytes(int max) {
        byte[] bytes = new byte[random.nextInt(max)];
        random.nextBytes(bytes);
        if (bytes.length > 4 && random.nextBoolean()) { // else nearly nothing gets past the header word
            bytes[0] = (byte) random.nextInt(2);
            bytes[1] = 0;
            bytes[2] = 0;
            bytes[3] = (byte) Math.min(bytes.length - 4, 255);
        }
        return bytes;
    }

    /** A copy with a few bytes changed, cut out, or doubled. */
    private byte[] damaged(byte[] whole) {
        byte[] bytes = whole.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "\"{}[]:,\\0-9.e\u0001".charAt(random.nextInt(14));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> System.arraycopy(bytes, 0, bytes, at, Math.min(8, bytes.length - at));
            }
        }
        return bytes;
    }
}
