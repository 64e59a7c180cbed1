package io.mqproducer.benchmarks.client;

import java.util.ArrayList;
import java.util.List;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
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

    OfficialClient(ClientSettings settings) {
        producer = producer(settings);
        producer.setNamesrvAddr(settings.server());
        producer.setSendMsgTimeout(TIMEOUT_MILLIS);
        producer.setRetryTimesWhenSendFailed(0);
        producer.setRetryTimesWhenSendAsyncFailed(0);
        keysAndTags = settings.keysAndTags();
    }

    private static DefaultMQProducer producer(ClientSettings settings) {
        if (settings.extras() == RequestExtras.ACL) {
            SessionCredentials credentials = new SessionCredentials(RequestExtras.ACCESS_KEY, RequestExtras.SECRET_KEY);
            return new DefaultMQProducer(settings.group(), new AclClientRPCHook(credentials));
        }
        DefaultMQProducer producer = new DefaultMQProducer(settings.group());
        if (settings.extras() == RequestExtras.NAMESPACE_V2) {
            producer.setNamespaceV2(RequestExtras.NAMESPACE);
        }
        return producer;
    }

    static OfficialClient withoutCompression(ClientSettings settings) {
        OfficialClient client = new OfficialClient(settings);
        client.producer.setCompressMsgBodyOverHowmuch(Integer.MAX_VALUE);
        return client;
    }

    static OfficialClient withAutoBatch(ClientSettings settings) {
        OfficialClient client = new OfficialClient(settings);
        client.producer.setAutoBatch(true);
        return client;
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
    public void sendBatch(String topic, byte[][] bodies) throws Exception {
        List<Message> messages = new ArrayList<>(bodies.length);
        for (byte[] body : bodies) {
            messages.add(message(topic, body));
        }
        check(producer.send(messages));
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
