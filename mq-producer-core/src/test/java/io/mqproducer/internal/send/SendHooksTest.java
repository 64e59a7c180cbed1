package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.mqproducer.exception.Attempt;
import io.mqproducer.internal.LogCapture;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.Outcome;
import io.mqproducer.spi.EndTransactionContext;
import io.mqproducer.spi.ProducerMetrics;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.SendOutcome;
import io.mqproducer.spi.SendVetoException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendHooksTest {

    private final List<String> calls = new ArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final ProducerMetrics metrics = new ProducerMetrics() {
        @Override
        public void callbackFailed() {
            failures.incrementAndGet();
        }
    };
    private final SendFixture fixture = new SendFixture();
    private final TestSend send = fixture.send();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void hooksSeeTheMessageThatThoseBeforeThemMade() {
        SendHooks hooks =
                hooks(new Recording("a", SendHooksTest::withNextKey), new Recording("b", SendHooksTest::withNextKey));

        hooks.before(send);

        assertThat(calls).containsExactly("before a []", "before b [1]");
        assertThat(send.message().keys()).containsExactly("1", "2");
    }

    @Test
    void attemptsAreToldInOrderAndTheOutcomeInReverseOrderOfTheHooks() {
        SendHooks hooks = hooks(new Recording("a"), new Recording("b"));
        send.addAttempt(attempt(1));
        send.addAttempt(attempt(2));

        hooks.after(send, SendOutcome.handedOver());

        assertThat(calls)
                .containsExactly("attempt 1 a", "attempt 1 b", "attempt 2 a", "attempt 2 b", "after b", "after a");
    }

    @Test
    void aVetoNamesTheHookAndKeepsTheOthersFromBeingAsked() {
        SendVetoException veto = new SendVetoException("not today");
        SendHooks hooks = hooks(
                new Recording("a", message -> {
                    throw veto;
                }),
                new Recording("b"));

        assertThatThrownBy(() -> hooks.before(send))
                .isInstanceOf(SendVetoException.class)
                .hasMessage("send hook " + Recording.class.getName() + " refused: not today")
                .hasCause(veto);
        assertThat(calls).containsExactly("before a []");
        assertThat(failures).as("a veto is no failure").hasValue(0);
    }

    @Test
    void f56_aHookThatThrowsIsLoggedOnceCountedEachTimeAndChangesNothing() {
        SendHooks hooks = hooks(
                new Recording("a", message -> {
                    throw new StackOverflowError();
                }),
                new Recording("b", SendHooksTest::withNextKey));

        try (LogCapture log = new LogCapture(SendHooks.class)) {
            hooks.before(send);
            hooks.before(send);

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains(Recording.class.getName(), "the send is not affected");
        }
        assertThat(failures).hasValue(2);
        assertThat(calls).containsExactly("before a []", "before b []", "before a [1]", "before b [1]");
    }

    @Test
    @SuppressWarnings("NullAway")
    void aHookThatReturnsNothingChangesNothing() {
        SendHooks hooks = hooks(new Recording("a", message -> null));
        Message before = send.message();

        try (LogCapture log = new LogCapture(SendHooks.class)) {
            hooks.before(send);

            assertThat(log.messages(Level.WARN)).hasSize(1);
        }
        assertThat(send.message()).isSameAs(before);
        assertThat(failures).hasValue(1);
    }

    @Test
    void f56_whatOneHookThrowsInTheEndTheOthersDoNotNotice() {
        SendHooks hooks = hooks(new Recording("a"), new Failing(), new Recording("b"));
        send.addAttempt(attempt(1));

        try (LogCapture log = new LogCapture(SendHooks.class)) {
            hooks.after(send, SendOutcome.handedOver());

            assertThat(log.messages(Level.WARN)).hasSize(1);
        }
        assertThat(calls).containsExactly("attempt 1 a", "attempt 1 b", "after b", "after a");
        assertThat(failures).hasValue(2);
    }

    @Test
    void everyHookHasItsOwnLineInTheLog() {
        SendHooks hooks = hooks(new Failing(), new Failing());

        try (LogCapture log = new LogCapture(SendHooks.class)) {
            hooks.after(send, SendOutcome.handedOver());
            hooks.after(send, SendOutcome.handedOver());

            assertThat(log.messages(Level.WARN)).hasSize(2);
        }
    }

    private SendHooks hooks(SendMessageHook... hooks) {
        return new SendHooks(List.of(hooks), metrics);
    }

    private static Message withNextKey(Message message) {
        List<String> keys = new ArrayList<>(message.keys());
        keys.add(String.valueOf(keys.size() + 1));
        return Message.builder("T")
                .body(new byte[] {1})
                .keys(keys.toArray(String[]::new))
                .build();
    }

    private static Attempt attempt(int number) {
        return Attempt.builder(number, Outcome.NOT_STORED)
                .kind(FailureKind.CONNECT_FAILED)
                .detail("refused")
                .build();
    }

    @Test
    void u3_theEndOfATransactionIsToldToAllHooksWhateverOneOfThemThrows() {
        EndTransactionContext context = (EndTransactionContext) Proxy.newProxyInstance(
                EndTransactionContext.class.getClassLoader(),
                new Class<?>[] {EndTransactionContext.class},
                (proxy, method, args) -> method.getName());
        SendHooks hooks = hooks(new Recording("a"), new Failing(), new Recording("b"));

        try (LogCapture log = new LogCapture(SendHooks.class)) {
            hooks.endingTransaction(context);
            hooks.endingTransaction(context);

            assertThat(calls).containsExactly("ending topic a", "ending topic b", "ending topic a", "ending topic b");
            assertThat(failures).hasValue(2);
            assertThat(log.messages(Level.WARN)).singleElement().asString().contains("message msgId of topic topic");
        }
    }

    private final class Recording implements SendMessageHook {

        private final String name;
        private final UnaryOperator<Message> change;

        Recording(String name) {
            this(name, message -> message);
        }

        Recording(String name, UnaryOperator<Message> change) {
            this.name = name;
            this.change = change;
        }

        @Override
        public Message beforeSend(SendMessageContext context) {
            calls.add("before " + name + " " + context.message().keys());
            return change.apply(context.message());
        }

        @Override
        public void onAttempt(SendMessageContext context, Attempt attempt) {
            calls.add("attempt " + attempt.number() + " " + name);
        }

        @Override
        public void afterSend(SendMessageContext context, SendOutcome outcome) {
            calls.add("after " + name);
        }

        @Override
        public void onEndTransaction(EndTransactionContext context) {
            calls.add("ending " + context.topic() + " " + name);
        }
    }

    private static final class Failing implements SendMessageHook {
        @Override
        public void onAttempt(SendMessageContext context, Attempt attempt) {
            throw new IllegalStateException("attempt");
        }

        @Override
        public void afterSend(SendMessageContext context, SendOutcome outcome) {
            throw new IllegalStateException("outcome");
        }

        @Override
        public void onEndTransaction(EndTransactionContext context) {
            throw new IllegalStateException("end");
        }
    }
}
