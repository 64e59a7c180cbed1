package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mqproducer.message.Message;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.test.peer.Request;
import io.mqproducer.test.peer.ScriptedPeer;
import io.mqproducer.test.peer.codec.Frame;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What tests of transactions share: a topic, a group, questions as a broker asks them, and who counts what goes wrong. */
final class Transactions {

    static final String TOPIC = "payments";
    static final String GROUP = "PG";
    static final int END_TRANSACTION = 37;
    static final int CHECK_TRANSACTION_STATE = 39;

    private static final int ONEWAY = 2;

    private Transactions() {}

    static Message message() {
        return Message.of(TOPIC, "paid".getBytes(UTF_8));
    }

    static TransactionChecker checker(Function<MessageView, @Nullable TransactionState> check) {
        return TransactionChecker.of(TOPIC, check);
    }

    /** One that must not be asked. */
    static TransactionChecker nobody() {
        return checker(half -> {
            throw new AssertionError("asked about " + half);
        });
    }

    /** What a broker was told of ends of transactions. */
    static List<Request> ends(ScriptedPeer broker) {
        return broker.requests(END_TRANSACTION);
    }

    /** Counts what there are meters for. */
    static final class Counts implements ProducerMetrics {

        final AtomicInteger unconfirmed = new AtomicInteger();
        final AtomicInteger dropped = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();

        @Override
        public void transactionUnconfirmed() {
            unconfirmed.incrementAndGet();
        }

        @Override
        public void transactionCheckDropped() {
            dropped.incrementAndGet();
        }

        @Override
        public void callbackFailed() {
            failed.incrementAndGet();
        }
    }

    /**
     * A broker's question about a half message.
     *
     * @param offset its place among half messages, and in the log times 100
     */
    record Question(String msgId, String group, String topic, long offset) {

        static Question about(String msgId) {
            return new Question(msgId, GROUP, TOPIC, 1);
        }

        Question ofGroup(String other) {
            return new Question(msgId, other, topic, offset);
        }

        Question ofTopic(String other) {
            return new Question(msgId, group, other, offset);
        }

        Question at(long other) {
            return new Question(msgId, group, topic, other);
        }

        /** As 5.x sends it: named after the topic of half messages, while the message has its own again. */
        Frame frame() {
            return Frame.request(CHECK_TRANSACTION_STATE, (int) offset)
                    .withFlag(ONEWAY)
                    .withFields(Map.of(
                            "topic",
                            "RMQ_SYS_TRANS_HALF_TOPIC",
                            "tranStateTableOffset",
                            Long.toString(offset),
                            "commitLogOffset",
                            Long.toString(100 * offset),
                            "msgId",
                            msgId,
                            "transactionId",
                            msgId,
                            "offsetMsgId",
                            "7F00000100002A9F0000000000000064",
                            "bname",
                            "broker-a"))
                    .withBody(stored());
        }

        /** As 4.9 sends it. */
        Frame frameOf49() {
            return frame().withoutField("topic").withoutField("bname");
        }

        /** The half message in its stored form, by the table of the protocol. */
        private byte[] stored() {
            String properties = "UNIQ_KEY\u0001" + msgId + "\u0002TRAN_MSG\u0001true\u0002PGROUP\u0001" + group
                    + "\u0002REAL_TOPIC\u0001" + topic + "\u0002";
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                byte[] body = "paid".getBytes(UTF_8);
                out.writeInt(0); // the size, known at the end
                out.writeInt(0xDAA320A7);
                out.writeInt(0); // checksum
                out.writeInt(2); // queue
                out.writeInt(0); // flag
                out.writeLong(offset);
                out.writeLong(100 * offset);
                out.writeInt(0); // system flag
                out.writeLong(1_700_000_000_000L);
                out.write(new byte[] {127, 0, 0, 1});
                out.writeInt(4711);
                out.writeLong(1_700_000_000_001L);
                out.write(new byte[] {127, 0, 0, 1});
                out.writeInt(10911);
                out.writeInt(0);
                out.writeLong(0);
                out.writeInt(body.length);
                out.write(body);
                out.writeByte(topic.length());
                out.writeBytes(topic);
                out.writeShort(properties.length());
                out.writeBytes(properties);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            byte[] message = bytes.toByteArray();
            ByteBuffer.wrap(message).putInt(0, message.length);
            return message;
        }
    }
}
