package io.mqproducer.internal.send;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.internal.encoding.MessagePreparer;
import io.mqproducer.internal.encoding.MessageRole;
import io.mqproducer.internal.encoding.OutboundBatch;
import io.mqproducer.internal.protocol.SendFrameTemplate;
import io.mqproducer.internal.route.PublishQueue;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendMode;
import io.mqproducer.message.SendOptions;
import java.util.List;

/**
 * Messages of a batch that travel in one request, or one that travels alone: a send like any other, with one outcome for all
 * of them, which it leaves to the batch to deliver.
 */
final class BatchPart extends SendOperation {

    private final BatchSend batch;
    private final List<BatchElement> elements;
    private long[] ids = {};
    private boolean abandoned;

    /** @param options the batch's, with the time that is left */
    BatchPart(BatchSend batch, List<BatchElement> elements, SendOptions options) {
        super(batch.sender(), elements.get(0).message(), options, SendMode.BATCH, MessageRole.NORMAL);
        this.batch = batch;
        this.elements = elements;
        for (int i = 0; i < elements.size(); i++) {
            elements.get(i).travelsWith(this, i);
        }
    }

    List<BatchElement> elements() {
        return elements;
    }

    /**
     * Makes what goes on the wire.
     *
     * @throws MQProducerException if that cannot be
     */
    void prepare() {
        MessagePreparer preparer = sender.preparer();
        if (elements.size() == 1) {
            boolean compressed = preparer.compressionOf(message()) != MessagePreparer.Compression.NONE;
            prepared(preparer.prepare(message(), role(), start, compressed));
            ids = new long[] {outbound().id()};
        } else {
            List<Message> messages =
                    elements.stream().map(BatchElement::message).toList();
            OutboundBatch prepared = preparer.prepareBatch(messages, start);
            prepared(prepared.request());
            ids = prepared.ids();
        }
    }

    /** Gives back what {@link #prepare} took, if it will not be sent. */
    void discard() {
        if (isPrepared()) {
            outbound().release();
        }
    }

    @Override
    SendFrameTemplate template(PublishQueue chosen) {
        return elements.size() == 1 ? chosen.template() : chosen.template().forBatches();
    }

    @Override
    void deliver() {
        batch.settled();
    }

    @Override
    boolean isDeliveredTogether() {
        return false; // the batch is delivered, when the last of its parts is settled
    }

    @Override
    void returnRoom() {
        batch.partIsOver();
    }

    /** The caller of the batch gives up. */
    void giveUp(FailureKind kind, String detail) {
        if (abandon(kind, detail)) {
            abandoned = true;
            batch.settled();
        }
    }

    /** The outcome has been delivered, so that the room may be given back unless the owner still holds the part. */
    void delivered() {
        if (!abandoned) {
            batch.partIsOver();
        }
    }

    @Override
    void measure(Decision decided) {
        // the batch is what is measured
    }

    @Override
    public String msgId() {
        return msgIdOf(0);
    }

    String msgIdOf(int place) {
        return place < ids.length ? outbound().ids().toString(ids[place]) : "";
    }

    BrokerSendResult resultOf(int place) {
        BrokerSendResult all = (BrokerSendResult) decision();
        return elements.size() == 1 ? all : all.of(ids[place], place);
    }
}
