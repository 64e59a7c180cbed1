package io.mqproducer.internal.reply;

import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.internal.encoding.MessageViewDecoder;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.send.MessageSender;
import io.mqproducer.internal.send.RequestSend;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendResult;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/** Sends requests and brings them together with their replies; sends replies, too. Thread-safe. */
public final class RequestReply {

    private static final int CORRELATION_BYTES = 16;

    private final MessageSender sender;
    private final String clientId;
    private final ReplyBrokers brokers;
    private final PendingRequests pending;
    private final RandomGenerator random;

    /**
     * For one producer.
     *
     * @param clientId by which brokers know this client
     * @param random names requests so that nobody else can guess it
     * @param scheduler the producer's housekeeping; stays its giver's
     */
    public RequestReply(
            MessageSender sender,
            String clientId,
            ReplyBrokers brokers,
            MessageViewDecoder decoder,
            RandomGenerator random,
            ScheduledExecutorService scheduler) {
        this.sender = sender;
        this.clientId = clientId;
        this.brokers = brokers;
        this.pending = new PendingRequests(scheduler, decoder, brokers);
        this.random = random;
    }

    /** Sends a request and waits for the reply. */
    public MessageView request(Message message, SendOptions options, Duration timeout) {
        SendOptions within = withTimeout(options, timeout);
        BlockingRequest request = new BlockingRequest(pending, newCorrelationId(), timeout);
        send(request, message, within, timeout);
        return request.await();
    }

    /** Sends a request; the future completes on the callback executor. */
    public CompletableFuture<MessageView> requestAsync(Message message, SendOptions options, Duration timeout) {
        SendOptions within = withTimeout(options, timeout);
        FutureRequest request = new FutureRequest(pending, newCorrelationId(), timeout, sender.callbackExecutor());
        send(request, message, within, timeout);
        return request.future();
    }

    private void send(PendingRequest request, Message message, SendOptions options, Duration timeout) {
        MessageRole role = MessageRole.request(request.correlationId(), clientId, timeout);
        RequestSend send = sender.newRequest(message, options, role, brokers, request::sent);
        request.sendBy(send);
        pending.add(request); // before it goes out, for the reply may be faster than anything
        boolean started = false;
        try {
            send.start();
            started = true;
        } finally {
            if (!started) { // for want of memory; nobody will ever end it
                pending.remove(request);
            }
        }
    }

    /** The send has no more time than the whole, and less if its options say so. */
    private static SendOptions withTimeout(SendOptions options, Duration timeout) {
        return options.timeout().filter(own -> own.compareTo(timeout) < 0).isPresent()
                ? options
                : options.withTimeout(timeout);
    }

    private String newCorrelationId() {
        byte[] bytes = new byte[CORRELATION_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    // ---- replies to us

    /** Hands a reply to the request that waits for it; false if none does, or not for one from there. */
    boolean replied(String correlationId, RemotingCommand reply, Endpoint from) {
        PendingRequest request = pending.get(correlationId);
        return request != null && brokers.mayPush(request.topic(), from) && request.replied(reply);
    }

    boolean waitsFor(String correlationId) {
        return pending.get(correlationId) != null;
    }

    // ---- replies of ours

    /**
     * Replies to a request that this application has consumed.
     *
     * @throws IllegalArgumentException if it is none, naming the property that it lacks
     */
    public SendResult reply(MessageView request, byte[] body) {
        String topic = ReplyBrokers.replyTopic(required(request, "CLUSTER"));
        MessageRole role = MessageRole.reply(
                required(request, "CORRELATION_ID"), required(request, "REPLY_TO_CLIENT"), required(request, "TTL"));
        return sender.sendReply(Message.of(topic, body), role);
    }

    private static String required(MessageView request, String property) {
        return request.property(property)
                .orElseThrow(() -> new IllegalArgumentException("message " + request.msgId() + " of topic "
                        + request.topic() + " is no request that can be replied to: it has no property " + property));
    }

    // ---- the end

    /** Waits for the replies to requests that are sent; whether all have come by then, by {@link System#nanoTime}. */
    public boolean drain(long deadline) {
        return pending.awaitNone(deadline);
    }

    /** How many requests wait. */
    public int waiting() {
        return pending.size();
    }

    /** Ends the requests that are sent; the others end as their sends do. */
    public void close() {
        pending.close();
    }
}
