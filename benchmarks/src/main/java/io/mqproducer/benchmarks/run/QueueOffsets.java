package io.mqproducer.benchmarks.run;

import io.mqproducer.test.peer.codec.Frame;
import io.mqproducer.test.peer.codec.FrameBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Map;

/** Asks a broker how far its queues are. */
final class QueueOffsets {

    private static final int GET_MAX_OFFSET = 30;

    private QueueOffsets() {}

    /** The messages of all queues of a topic that nothing has been deleted of. */
    static long sum(String broker, String topic, int queues) {
        int colon = broker.lastIndexOf(':');
        try (Socket socket = new Socket(broker.substring(0, colon), Integer.parseInt(broker.substring(colon + 1)))) {
            long sum = 0;
            for (int queue = 0; queue < queues; queue++) {
                sum += ask(socket, topic, queue);
            }
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException("broker " + broker, e);
        }
    }

    private static long ask(Socket socket, String topic, int queue) throws IOException {
        Frame question = Frame.request(GET_MAX_OFFSET, queue)
                .withFields(Map.of("topic", topic, "queueId", Integer.toString(queue)));
        socket.getOutputStream().write(question.bytes());
        FrameBuffer buffer = new FrameBuffer();
        byte[] bytes = new byte[4096];
        Frame answer = null;
        while (answer == null) {
            int read = socket.getInputStream().read(bytes);
            if (read < 0) {
                throw new IOException("connection closed");
            }
            buffer.append(bytes, read);
            answer = buffer.next();
        }
        String offset = answer.fields().get("offset");
        if (answer.code() != 0 || offset == null) {
            throw new IOException("no offset of queue " + queue + " of " + topic + ": " + answer);
        }
        return Long.parseLong(offset);
    }
}
