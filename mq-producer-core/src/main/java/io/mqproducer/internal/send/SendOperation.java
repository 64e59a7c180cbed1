package io.mqproducer.internal.send;

import io.mqproducer.internal.encoding.CombinedMessages;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.internal.encoding.OutboundMessage;
import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.protocol.SendFrameTemplate;
import io.mqproducer.internal.protocol.SendMessageResponse;
import io.mqproducer.internal.protocol.WireMessage;
import io.mqproducer.internal.remoting.BatchableExchange;
import io.mqproducer.internal.remoting.OutboundFrames;
import io.mqproducer.internal.remoting.RemotingException;
import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import io.mqproducer.message.SendStatus;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One send as the connections see it: how it is written, by itself or together with others, and what an answer, or the lack
 * of one, means for it. All of it happens on the event loop of the connection that has it.
 */
abstract class SendOperation extends SendAttempts {

    /** What meters are told instead of an answer code. */
    private static final int UNANSWERED = -1;

    private int place = BrokerSendResult.ALONE; // in the batch that it was written in
    private boolean alone; // because it was refused together with others

    SendOperation(MessageSender sender, Message message, SendOptions options, SendMode mode, MessageRole role) {
        super(sender, message, options, mode, role);
    }

    // ---- writing

    @Override
    protected final boolean oneway() {
        return mode() == SendMode.ONEWAY;
    }

    @Override
    protected final boolean beginWrite() {
        place = BrokerSendResult.ALONE;
        return markWritten();
    }

    @Override
    protected final void writeFrame(OutboundFrames out, int opaque, boolean oneway) {
        writeFrame(out, template(chosen()), opaque, oneway, outbound());
    }

    private static void writeFrame(
            OutboundFrames out, SendFrameTemplate template, int opaque, boolean oneway, WireMessage message) {
        int bodySize = message.wireBodySize();
        ByteBuf head = out.head(template.frameLength(message) - bodySize, bodySize);
        template.writeHead(head, opaque, oneway, message);
        out.body(message.content(), message.contentIndex() + message.propertiesLength(), bodySize);
    }

    /** What the head of its frame is made from. */
    SendFrameTemplate template(PublishQueue chosen) {
        return chosen.template();
    }

    @Override
    protected final void handedOver() {
        letGo(decideHandedOver());
    }

    @Override
    protected final boolean stored(SendMessageResponse answer, long now) {
        noteAnswered(ResponseCode.SUCCESS.code(), now);
        return letGoAnswered(decideStored(resultOf(answer, SendStatus.SEND_OK, now)));
    }

    @Override
    protected final void answered(RemotingCommand answer) {
        long now = System.nanoTime();
        noteAnswered(answer.code(), now);
        SendStatus status = SendAnswers.statusOf(answer.code());
        if (status == null) {
            rejected(chosen(), answer);
            return;
        }
        try {
            if (stored(SendMessageResponse.from(answer), status, now)) {
                deliver();
            }
        } catch (ProtocolException e) {
            attemptFailed(SendAnswers.unusable(chosen(), answer, e), Rejection.Remedy.NONE);
        }
    }

    // ---- together with others

    @Override
    protected final @Nullable Object batchKey() {
        boolean together = sender.gathers() && !alone && role() == MessageRole.NORMAL && isForGathering(mode());
        return together && BatchSplit.isPlain(message())
                ? new BatchKey(
                        message().topic(),
                        isBound() ? chosen().queue().queueId() : BatchKey.ANY_QUEUE,
                        message().waitForStore(),
                        outbound().sysFlag())
                : null;
    }

    private static boolean isForGathering(SendMode mode) {
        return mode == SendMode.SYNC || mode == SendMode.ASYNC;
    }

    @Override
    protected final int batchSize() {
        return CombinedMessages.recordSize(outbound());
    }

    @Override
    protected final void joinBatch(BatchableExchange first, int placeInBatch) {
        goTo(((SendOperation) first).chosen());
        place = placeInBatch;
    }

    @Override
    protected final void writeBatch(OutboundFrames out, int opaque, List<BatchableExchange> members) {
        List<OutboundMessage> messages = new ArrayList<>(members.size());
        for (BatchableExchange member : members) {
            messages.add(((SendOperation) member).outbound());
        }
        if (sender.measures()) {
            sender.metrics().batchSent(members.size());
        }
        CombinedMessages all = CombinedMessages.of(messages, message().waitForStore(), out.allocator());
        try {
            writeFrame(out, chosen().template().forBatches(), opaque, false, all);
        } finally {
            all.release();
        }
    }

    @Override
    protected final boolean storedAs(int code, SendMessageResponse answer, long now) {
        SendStatus status = SendAnswers.statusOf(code);
        if (status == null) {
            throw new IllegalArgumentException(ResponseCode.describe(code));
        }
        noteAnswered(code, now);
        return stored(answer, status, now);
    }

    // ---- what the answer says

    private void noteAnswered(int code, long now) {
        long latency = now - lastAttemptStart();
        chosen().latency().note(latency);
        sender.health().answered(chosen().queue().brokerName(), latency, now);
        measureAttempt(code, now);
    }

    /** Returns whether it is to be delivered. */
    private boolean stored(SendMessageResponse response, SendStatus status, long now) {
        BrokerSendResult result = resultOf(response, status, now);
        if (status != SendStatus.SEND_OK && mayBeStoredTwice() && canGoElsewhere()) {
            failures().keep(result);
            attemptFailed(SendAnswers.storedWeakly(chosen(), status), Rejection.Remedy.OTHER_BROKER_ONLY);
            return false;
        }
        return letGoAnswered(decideStored(result));
    }

    /** Whether a weak acknowledgement is worth a duplicate; that of a half message would live on after a rollback. */
    private boolean mayBeStoredTwice() {
        return sender.retryPolicy().onStoreFailure() && mode() != SendMode.HALF;
    }

    private BrokerSendResult resultOf(SendMessageResponse answer, SendStatus status, long now) {
        return new BrokerSendResult(this, answer, status, chosen(), place, attempt(), mayBeStored(), now);
    }

    private void rejected(PublishQueue at, RemotingCommand answer) {
        boolean goAway = answer.code() == ResponseCode.GO_AWAY.code();
        if (goAway && failures().isFirstGoAway()) {
            clearUnlessStored();
            attempt(System.nanoTime()); // its connection is being replaced: as if nothing had happened
            return;
        }
        Rejection rule = Rejection.of(
                answer.code(), answer.remark(), sender.retryPolicy().responseCodes());
        if (place != BrokerSendResult.ALONE && rule.isForGood()) {
            alone = true; // another one may be to blame
            clearUnlessStored();
            attempt(System.nanoTime());
            return;
        }
        attemptFailed(
                SendAnswers.rejected(at, answer, rule.mayBeStored()),
                goAway ? Rejection.Remedy.OTHER_BROKER : rule.remedy());
    }

    @Override
    protected final void failed(RemotingException failure) {
        if (isDecided()) {
            letGo(false);
            return;
        }
        long now = System.nanoTime();
        PublishQueue at = chosen();
        if (SendAnswers.isBrokersFault(failure)) {
            sender.health().failed(at.queue().brokerName(), now);
        }
        measureAttempt(UNANSWERED, now);
        attemptFailed(
                SendAnswers.lost(at, failure, FailureText.millis(now - lastAttemptStart())),
                Rejection.Remedy.OTHER_BROKER);
    }

    private void measureAttempt(int code, long now) {
        if (sender.measures()) {
            sender.metrics().attemptCompleted(chosen().queue().brokerName(), code, now - lastAttemptStart());
        }
    }
}
