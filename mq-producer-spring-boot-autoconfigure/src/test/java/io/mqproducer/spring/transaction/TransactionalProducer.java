package io.mqproducer.spring.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mqproducer.PreparedMessage;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.recording.RecordingMQProducer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** A producer whose sends wait at a gate, as for room in flight, and whose half messages remember how they were ended. */
final class TransactionalProducer extends RecordingMQProducer {

    /** What it was asked to do, by the bodies of the messages. */
    final List<String> log = new CopyOnWriteArrayList<>();

    volatile CountDownLatch gate = new CountDownLatch(0);
    volatile Supplier<CompletableFuture<SendResult>> answer = () -> CompletableFuture.completedFuture(result("x"));

    static SendResult result(String msgId) {
        return SendResult.builder(msgId, new MessageQueue("orders", "broker-a", 0), 0)
                .build();
    }

    private void await() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(Message message, SendOptions options) {
        await();
        log.add("send " + new String(message.body(), UTF_8));
        return answer.get();
    }

    @Override
    public PreparedMessage prepare(Message message) {
        String name = new String(message.body(), UTF_8);
        log.add("prepare " + name);
        return new PreparedMessage() {
            @Override
            public SendResult sendResult() {
                return result("id-" + name);
            }

            @Override
            public String transactionId() {
                return "id-" + name;
            }

            @Override
            public String producerGroup() {
                return "group";
            }

            @Override
            public TransactionSendResult commit() {
                return end(TransactionState.COMMIT);
            }

            @Override
            public TransactionSendResult rollback() {
                return end(TransactionState.ROLLBACK);
            }

            private TransactionSendResult end(TransactionState state) {
                await();
                log.add(state + " " + name);
                return TransactionSendResult.of(sendResult(), state, true);
            }
        };
    }
}
