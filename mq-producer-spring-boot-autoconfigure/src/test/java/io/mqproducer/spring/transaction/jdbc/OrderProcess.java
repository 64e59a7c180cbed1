package io.mqproducer.spring.transaction.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.mqproducer.MQProducer;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.EndTransactionContext;
import io.mqproducer.spi.SendMessageHook;
import io.mqproducer.spi.TransactionChecker;
import io.mqproducer.spring.MQMessageConverter;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.transaction.SpringMessageTransactions;
import io.mqproducer.spring.transaction.TransactionLog;
import io.mqproducer.spring.transaction.TransactionLogChecker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One process of a group that takes orders: in one transaction a row in {@code orders} and a half message. Arguments: JDBC URL, name
 * servers, topic. Obeys lines of its input: {@code order <key> <step>} takes one and stops at that {@link Step}, where {@code go}
 * lets it go on; the end of the input is its own. Says what it does, in lines that begin with {@code >}.
 */
final class OrderProcess {

    /** Where an order stops. */
    enum Step {
        /** The half message is stored. */
        HALF,
        /** It is recorded in the transaction, which is open. */
        RECORDED,
        /** The transaction has committed. */
        COMMITTED,
        /** The broker is about to be told; it goes on by itself. */
        ENDING,
        NONE
    }

    private final String topic;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final MQProducer producer;
    private final MQTemplate template;
    private final SynchronousQueue<String> go = new SynchronousQueue<>();
    private volatile Step stopAt = Step.NONE;

    private OrderProcess(String url, String nameServers, String topic) {
        DataSource database = new DriverManagerDataSource(url);
        JdbcTransactionLog log = new JdbcTransactionLog(database, Duration.ofHours(24));
        this.topic = topic;
        this.jdbc = new JdbcTemplate(database);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        this.producer = MQProducer.builder(groupOf(topic))
                .nameServers(nameServers)
                .connectionHeartbeatInterval(Duration.ofMillis(500))
                .transactionChecker(new TellingChecker(new TransactionLogChecker(log, List.of(topic))))
                .hook(new StoppingHook())
                .build();
        MQMessageConverter text = payload -> payload.toString().getBytes(UTF_8);
        this.template = MQTemplate.builder(producer)
                .converter(text)
                .transactions(new SpringMessageTransactions(new StoppingLog(log)))
                .build();
    }

    /** The producer group of all processes with that topic. */
    static String groupOf(String topic) {
        return "group-of-" + topic;
    }

    public static void main(String[] args) throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        OrderProcess process = new OrderProcess(args[0], args[1], args[2]);
        process.producer.start();
        process.obey();
        process.producer.close();
    }

    private void obey() throws IOException, InterruptedException {
        say("ready");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("order")) {
                stopAt = Step.valueOf(words[2]);
                Thread taking = new Thread(() -> take(words[1]));
                taking.setDaemon(true);
                taking.start();
            } else {
                go.put(line);
            }
        }
    }

    private void take(String key) {
        try {
            transaction.executeWithoutResult(status -> {
                jdbc.update("INSERT INTO orders (id) VALUES (?)", key);
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        reach(Step.COMMITTED);
                    }
                });
                template.destination(topic).withKeys(key).transactional().send(key);
                reach(Step.RECORDED);
            });
            say("taken " + key);
        } catch (RuntimeException e) {
            say("failed " + key + " " + e.getMessage());
        }
    }

    private void reach(Step step) {
        if (step == stopAt) {
            say("at " + step);
            try {
                go.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void say(String what) {
        synchronized (System.out) {
            System.out.println("> " + what);
            System.out.flush();
        }
    }

    private final class StoppingHook implements SendMessageHook {

        @Override
        public void onEndTransaction(EndTransactionContext context) {
            if (stopAt == Step.ENDING && !context.fromCheck()) {
                say("at ENDING");
            }
        }
    }

    private final class StoppingLog implements TransactionLog {

        private final TransactionLog log;

        StoppingLog(TransactionLog log) {
            this.log = log;
        }

        @Override
        public void requireTransaction() {
            log.requireTransaction();
        }

        @Override
        public void record(String transactionId, String producerGroup) {
            reach(Step.HALF);
            log.record(transactionId, producerGroup);
        }

        @Override
        public TransactionState check(String transactionId, String producerGroup, Instant sentAt) {
            return log.check(transactionId, producerGroup, sentAt);
        }
    }

    /** Says what it answers. */
    private record TellingChecker(TransactionChecker checker) implements TransactionChecker {

        @Override
        public Set<String> topics() {
            return checker.topics();
        }

        @Override
        public TransactionState check(MessageView message) {
            TransactionState state = checker.check(message);
            say("checked " + message.keys().get(0) + " " + state);
            return state == null ? TransactionState.UNKNOWN : state;
        }
    }
}
