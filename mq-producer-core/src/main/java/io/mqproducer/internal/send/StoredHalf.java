package io.mqproducer.internal.send;

import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.Message;
import io.mqproducer.message.SendResult;

/**
 * A half message that is stored.
 *
 * @param message as the hooks have made it
 * @param broker the address that it was sent to
 */
public record StoredHalf(Message message, SendResult result, Endpoint broker) {}
