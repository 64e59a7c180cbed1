package io.mqproducer.recording;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageQueue;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.SendResult;
import io.mqproducer.message.SendStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a {@link RecordingMQProducer} answers: that all is well, unless told otherwise. Thread-safe. */
public final class Script {

    private static final String BROKER = "recording";

    private final Queue<MQProducerException> next = new ConcurrentLinkedQueue<>();
    private final AtomicLong ids = new AtomicLong();
    private final ConcurrentMap<String, AtomicLong> offsets = new ConcurrentHashMap<>();
    private volatile @Nullable MQProducerException always;
    private volatile SendStatus storedAs = SendStatus.SEND_OK;
    private volatile Function<Message, MessageView> replier = Script::echo;
    private @Nullable List<Runnable> held; // guarded by this; null if nothing is to be held

    Script() {}

    /** The next calls fail, one with each of these; those after them do not. */
    public Script failNext(MQProducerException... failures) {
        next.addAll(List.of(failures));
        return this;
    }

    /** All further calls fail with this; null for none. */
    public Script failingWith(@Nullable MQProducerException failure) {
        always = failure;
        return this;
    }

    /** All further messages are stored with this status. */
    public Script storingAs(SendStatus status) {
        storedAs = status;
        return this;
    }

    /** All further requests get what this makes of them; unless told otherwise, their own body. */
    public Script replyingWith(Function<Message, MessageView> reply) {
        replier = reply;
        return this;
    }

    /** Further asynchronous calls are not over before {@link #release} is called. */
    public synchronized Script holding() {
        if (held == null) {
            held = new ArrayList<>();
        }
        return this;
    }

    /** Ends, on the calling thread, what is held, in the order of the calls; and holds nothing more. */
    public void release() {
        List<Runnable> ending;
        synchronized (this) {
            ending = held == null ? List.of() : held;
            held = null;
        }
        ending.forEach(Runnable::run);
    }

    private static MessageView echo(Message message) {
        return MessageView.builder(message.topic(), message.body()).build();
    }

    static MessageQueue queueOf(String topic) {
        return new MessageQueue(topic, BROKER, 0);
    }

    SendResult stored(Message message) {
        long offset = offsets.computeIfAbsent(message.topic(), topic -> new AtomicLong())
                .getAndIncrement();
        return SendResult.builder(String.format("%032X", ids.incrementAndGet()), queueOf(message.topic()), offset)
                .status(storedAs)
                .build();
    }

    boolean storesFully() {
        return storedAs == SendStatus.SEND_OK;
    }

    MessageView replyTo(Message message) {
        return replier.apply(message);
    }

    @Nullable
    MQProducerException nextFailure() {
        MQProducerException failure = next.poll();
        return failure == null ? always : failure;
    }

    void whenReleased(Runnable action) {
        synchronized (this) {
            if (held != null) {
                held.add(action);
                return;
            }
        }
        action.run();
    }
}
