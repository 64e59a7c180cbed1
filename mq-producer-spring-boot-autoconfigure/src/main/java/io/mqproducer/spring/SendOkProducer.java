package io.mqproducer.spring;

import io.mqproducer.MQProducer;
import io.mqproducer.exception.BatchNotFullyStoredException;
import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MQProducerException;
import io.mqproducer.exception.MessageMaybeStoredException;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.BatchSendResult;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.spi.LocalTransaction;
import io.mqproducer.spi.SendCallback;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Takes what is not fully acknowledged for a failure. Whether such a message outlives the broker that has it is unknown, so it is
 * maybe stored; a half message that is rolled back for it is not.
 */
final class SendOkProducer extends ForwardingMQProducer {

    SendOkProducer(MQProducer target) {
        super(target);
    }

    @Override
    public SendResult send(Message message, SendOptions options) {
        return required(super.send(message, options));
    }

    @Override
    public CompletableFuture<SendResult> sendAsync(Message message, SendOptions options) {
        return MappedFuture.of(super.sendAsync(message, options), SendOkProducer::required);
    }

    @Override
    public void sendAsync(Message message, SendOptions options, SendCallback callback) {
        super.sendAsync(message, options, new SendCallback() {
            @Override
            public void onSuccess(SendResult result) {
                if (isOk(result)) {
                    callback.onSuccess(result);
                } else {
                    callback.onException(weak(result));
                }
            }

            @Override
            public void onException(MQProducerException failure) {
                callback.onException(failure);
            }
        });
    }

    @Override
    public BatchSendResult sendBatch(Collection<Message> messages, SendOptions options) {
        return required(super.sendBatch(messages, options));
    }

    @Override
    public CompletableFuture<BatchSendResult> sendBatchAsync(Collection<Message> messages, SendOptions options) {
        return MappedFuture.of(super.sendBatchAsync(messages, options), SendOkProducer::required);
    }

    @Override
    public TransactionSendResult sendInTransaction(Message message, LocalTransaction localTransaction) {
        TransactionSendResult result = super.sendInTransaction(message, localTransaction);
        if (result.status() != SendStatus.SEND_OK) {
            throw new MessageNotStoredException(FailureReport.of(
                            FailureKind.BROKER_REJECTED,
                            "half message is stored, but " + result.status()
                                    + ", so it is rolled back and the local transaction was not run; topic "
                                    + result.queue().topic())
                    .withMsgId(result.msgId()));
        }
        return result;
    }

    private static SendResult required(SendResult result) {
        if (isOk(result)) {
            return result;
        }
        throw weak(result);
    }

    private static BatchSendResult required(BatchSendResult result) {
        BatchSendResult.Builder strict = BatchSendResult.builder();
        List<MQProducerException> failures = new ArrayList<>();
        for (BatchSendResult.Element element : result.elements()) {
            SendResult stored = element.result().orElseThrow(); // else the producer had thrown
            if (isOk(stored)) {
                strict.stored(stored);
            } else {
                strict.failed(Outcome.MAYBE_STORED, FailureKind.BROKER_REJECTED);
                failures.add(weak(stored));
            }
        }
        if (failures.isEmpty()) {
            return result;
        }
        throw new BatchNotFullyStoredException(strict.build(), failures);
    }

    private static boolean isOk(SendResult result) {
        return result.status() == SendStatus.SEND_OK;
    }

    private static MessageMaybeStoredException weak(SendResult result) {
        return new MessageMaybeStoredException(FailureReport.of(
                        FailureKind.BROKER_REJECTED,
                        "message is stored by broker " + result.queue().brokerName() + ", but " + result.status()
                                + ", and the template requires SEND_OK; topic "
                                + result.queue().topic())
                .withMsgId(result.msgId()));
    }
}
