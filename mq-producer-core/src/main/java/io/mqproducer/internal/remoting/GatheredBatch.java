package io.mqproducer.internal.remoting;

import io.mqproducer.internal.protocol.ProtocolException;
import io.mqproducer.internal.protocol.RemotingCommand;
import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.protocol.SendMessageResponse;
import io.mqproducer.message.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Exchanges that are written as one request. Each keeps its own time and fails on its own; only the answer is theirs
 * together. Confined to the event loop.
 */
final class GatheredBatch extends Exchange {

    private final BatchGathering gathering;
    private final long since;
    private List<BatchableExchange> members = new ArrayList<>();
    private int bytes;

    /** @param since when its first member came, by {@link System#nanoTime} */
    GatheredBatch(BatchGathering gathering, long since) {
        this.gathering = gathering;
        this.since = since;
    }

    long since() {
        return since;
    }

    int bytes() {
        return bytes;
    }

    int size() {
        return members.size();
    }

    void add(BatchableExchange member, int size) {
        if (members.isEmpty() || member.expiry() - expiry() < 0) {
            expireAt(member.expiry());
        }
        members.add(member);
        bytes += size;
    }

    /** Gives all to the action, none being left. */
    void drain(Consumer<Exchange> action) {
        List<BatchableExchange> all = members;
        members = List.of();
        all.forEach(action);
    }

    @Override
    boolean splitOff(Predicate<Exchange> condition, Consumer<Exchange> action) {
        if (members.stream().allMatch(condition)) {
            return false;
        }
        keep(condition.negate(), action);
        return true;
    }

    @Override
    protected boolean oneway() {
        return false;
    }

    @Override
    protected boolean beginWrite() {
        RemotingException unwanted =
                new RemotingException(FailureKind.CANCELLED, false, "cancelled before it was written", null);
        return keep(BatchableExchange::beginWrite, member -> member.failSafely(unwanted));
    }

    /** Keeps those that match and gives the others to the action; tells whether there are any left. */
    private boolean keep(Predicate<? super BatchableExchange> condition, Consumer<? super BatchableExchange> action) {
        List<BatchableExchange> all = members;
        List<BatchableExchange> others = new ArrayList<>(0);
        members = new ArrayList<>(all.size());
        bytes = 0;
        for (BatchableExchange member : all) {
            if (condition.test(member)) {
                add(member, member.batchSize());
            } else {
                others.add(member);
            }
        }
        others.forEach(action);
        return !members.isEmpty();
    }

    @Override
    protected void writeFrame(OutboundFrames out, int opaque, boolean oneway) {
        BatchableExchange first = members.get(0);
        for (int i = 0; i < members.size(); i++) {
            members.get(i).opaque = opaque;
        }
        if (members.size() == 1) {
            first.writeFrame(out, opaque, oneway);
            return;
        }
        for (int i = 0; i < members.size(); i++) {
            members.get(i).joinBatch(first, i);
        }
        first.writeBatch(out, opaque, members);
    }

    @Override
    protected void answered(RemotingCommand response) {
        gathering.over();
        if (members.size() > 1 && ResponseCode.meansStored(response.code())) {
            SendMessageResponse stored;
            try {
                stored = SendMessageResponse.from(response);
            } catch (ProtocolException e) {
                members.forEach(member -> member.answered(response)); // which find the same, and fail of it
                return;
            }
            storedAs(response.code(), stored, System.nanoTime());
        } else {
            members.forEach(member -> member.answered(response));
        }
    }

    @Override
    protected boolean stored(SendMessageResponse response, long now) {
        gathering.over();
        storedAs(ResponseCode.SUCCESS.code(), response, now);
        return false; // its members are delivered, each by itself or together
    }

    private void storedAs(int code, SendMessageResponse response, long now) {
        for (int i = 0; i < members.size(); i++) {
            BatchableExchange member = members.get(i);
            if (member.storedAs(code, response, now)) {
                gathering.undelivered().add(member);
            }
        }
    }

    @Override
    protected void handedOver() {
        throw new UnsupportedOperationException("it is not one-way");
    }

    @Override
    protected void failed(RemotingException failure) {
        gathering.over();
        members.forEach(member -> member.failSafely(failure));
    }
}
