package io.mqproducer.internal.send;

import io.mqproducer.exception.Attempt;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message of a batch, as hooks see it. Belongs to the batch's caller, then to whoever delivers its outcome. */
final class BatchElement implements HookedSend {

    private final BatchSend batch;
    private final int index;
    private Message message;
    private boolean seenByHooks;
    private @Nullable Map<String, Object> attributes;
    private @Nullable BatchPart part;
    private int place;

    /** @param index its position in the call */
    BatchElement(BatchSend batch, int index, Message message) {
        this.batch = batch;
        this.index = index;
        this.message = message;
    }

    int index() {
        return index;
    }

    /** It travels with this part, as its message of this place. */
    void travelsWith(BatchPart travelled, int placeInIt) {
        part = travelled;
        place = placeInIt;
    }

    /** What it travels with; there once the batch has been prepared. */
    BatchPart part() {
        BatchPart known = part;
        if (known == null) {
            throw new IllegalStateException("no part");
        }
        return known;
    }

    /** What became of it, its part being settled as stored. */
    BrokerSendResult result() {
        return part().resultOf(place);
    }

    boolean isSeenByHooks() {
        return seenByHooks;
    }

    @Override
    public void replaceMessage(Message changed) {
        message = changed;
    }

    @Override
    public void noteSeenByHooks() {
        seenByHooks = true;
    }

    @Override
    public String producer() {
        return batch.sender().config().identity().name();
    }

    @Override
    public String group() {
        return batch.sender().config().identity().group();
    }

    @Override
    public SendMode mode() {
        return SendMode.BATCH;
    }

    @Override
    public SendOptions options() {
        return batch.options();
    }

    @Override
    public Message message() {
        return message;
    }

    @Override
    public String msgId() {
        return part == null ? "" : part.msgIdOf(place);
    }

    @Override
    public List<Attempt> attempts() {
        return part == null ? List.of() : part.attempts();
    }

    @Override
    public Map<String, Object> attributes() {
        if (attributes == null) {
            attributes = new HashMap<>();
        }
        return attributes;
    }
}
