package io.mqproducer.samples.orders;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sets reminders of orders, and takes them back. */
@RestController
class ReminderController {

    private final Reminders reminders;
    private final Clock clock = Clock.systemUTC();

    ReminderController(Reminders reminders) {
        this.reminders = reminders;
    }

    /** Whom to remind of what, and in how many seconds. */
    record ReminderRequest(String customer, String product, int seconds) {}

    /** A reminder that is set. */
    record Reminder(String orderId, String text, String messageId, Instant due) {}

    @PostMapping("/orders/{id}/reminder")
    @ResponseStatus(HttpStatus.CREATED)
    Reminder set(@PathVariable String id, @RequestBody ReminderRequest request) {
        String text = request.customer() + ", your " + request.product() + " is waiting";
        Duration delay = Duration.ofSeconds(request.seconds());
        Instant due = clock.instant().plus(delay);
        return new Reminder(id, text, reminders.set(id, text, delay).msgId(), due);
    }

    /** 404 if there is none (any more). */
    @DeleteMapping("/orders/{id}/reminder")
    ResponseEntity<Void> recall(@PathVariable String id) {
        return reminders.recall(id)
                ? ResponseEntity.noContent().build()
                : ResponseEntity.notFound().build();
    }
}
