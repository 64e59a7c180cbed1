package io.mqproducer.benchmarks.client;

/**
 * A producer under load, whoever wrote it. Retries are off, a send may take 20 s. Safe for any number of threads once
 * started.
 */
public interface BenchmarkClient extends AutoCloseable {

    /** Ready to send. */
    void start() throws Exception;

    /** Sends and waits for the acknowledgement; anything but SEND_OK throws. */
    void send(String topic, byte[] body) throws Exception;

    /** Sends; exactly one method of the completion is called, unless this throws. */
    void sendAsync(String topic, byte[] body, Completion completion) throws Exception;

    /** Sends a message for each body, all with one request, and waits for the answer; anything but SEND_OK for all throws. */
    void sendBatch(String topic, byte[][] bodies) throws Exception;

    /** Sends and wants no answer. */
    void sendOneway(String topic, byte[] body) throws Exception;

    @Override
    void close();

    /** How an asynchronous send ended. Called on a thread of the client's; does not block. */
    interface Completion {

        void succeeded();

        void failed(Throwable failure);
    }
}
