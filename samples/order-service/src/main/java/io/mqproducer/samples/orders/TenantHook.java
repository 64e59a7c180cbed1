package io.mqproducer.samples.orders;

import io.mqproducer.message.Message;
import io.mqproducer.spi.SendMessageContext;
import io.mqproducer.spi.SendMessageHook;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Adds the tenant to every message, whoever sends it. */
@Component
@Order(1)
class TenantHook implements SendMessageHook {

    private final String tenant;

    TenantHook(@Value("${shop.tenant}") String tenant) {
        this.tenant = tenant;
    }

    @Override
    public Message beforeSend(SendMessageContext context) {
        return context.message().toBuilder().property("tenant", tenant).build();
    }
}
