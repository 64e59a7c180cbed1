package io.mqproducer.benchmarks.client;

import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.message.Message;

/** RocketMQ's own client with its defaults, but for retries and time-out. */
final class OfficialClient implements BenchmarkClient {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final DefaultMQProducer producer;
    private final boolean keysAndTags;

    OfficialClient(ClientSettings settings, boolean compressing) {
        producer = new DefaultMQProducer(settings.group());
        producer.setNamesrvAddr(settings.server());
        producer.setSendMsgTimeout(TIMEOUT_MILLIS);
        producer.setRetryTimesWhenSendFailed(0);
        producer.setRetryTimesWhenSendAsyncFailed(0);
        if (!compressing) {
            producer.setCompressMsgBodyOverHowmuch(Integer.MAX_VALUE);
        }
        keysAndTags = settings.keysAndTags();
    }

    @Override
    public void start() throws Exception {
        producer.start();
    }

    @Override
    public void send(String topic, byte[] body) throws Exception {
        check(producer.send(message(topic, body)));
    }

    @Override
    public void sendAsync(String topic, byte[] body, Completion completion) throws Exception {
        producer.send(message(topic, body), new SendCallback() {
            @Override
            public void onSuccess(SendResult result) {
                if (result.getSendStatus() == SendStatus.SEND_OK) {
                    completion.succeeded();
                } else {
                    completion.failed(new IllegalStateException(result.toString()));
                }
            }

            @Override
            public void onException(Throwable failure) {
                completion.failed(failure);
            }
        });
    }

    @Override
    public void sendOneway(String topic, byte[] body) throws Exception {
        producer.sendOneway(message(topic, body));
    }

    private Message message(String topic, byte[] body) {
        return keysAndTags
                ? new Message(topic, ClientSettings.TAG, ClientSettings.KEY, body)
                : new Message(topic, body);
    }

    private static void check(SendResult result) {
        if (result.getSendStatus() != SendStatus.SEND_OK) {
            throw new IllegalStateException(result.toString());
        }
    }

    @Override
    public void close() {
        producer.shutdown();
    }
}
