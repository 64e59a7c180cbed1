package io.mqproducer.internal.encoding;

/**
 * Messages that go on the wire as one request.
 *
 * @param request the request, its body the messages one behind the other; belongs to whoever got it, who releases it
 * @param ids the ids of the messages as numbers, in their order; made to text by {@link OutboundMessage#ids}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record OutboundBatch(OutboundMessage request, long[] ids) {}
