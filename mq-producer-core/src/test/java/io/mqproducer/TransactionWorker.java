package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mqproducer.exception.MQProducerException;
import io.mqproducer.message.Message;
import io.mqproducer.message.MessageView;
import io.mqproducer.message.TransactionSendResult;
import io.mqproducer.message.TransactionState;
import io.mqproducer.spi.TransactionChecker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that runs transactions and may be killed in the middle of one. Its database is a file of keys, which its successor
 * reads: a key that is there has been decided, by its number; one that is not was rolled back with the process.
 *
 * <p>Arguments: name servers, topic, file, prefix of its keys, how many transactions to bring into the database, threads. Then it
 * obeys lines of its input: {@code question} has the broker ask about one more transaction, behind all that there are; {@code
 * hang} begins one that never ends. The end of the input is its own.
 */
final class TransactionWorker {

    static final String GROUP = "tx-oracle";
    private static final String QUESTION = "question-";

    private final String topic;
    private final String prefix;
    private final Path file;
    private final Set<String> database = ConcurrentHashMap.newKeySet();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger remaining;
    private final AtomicInteger confirmed = new AtomicInteger();
    private final AtomicInteger unconfirmed = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicInteger notBegun = new AtomicInteger();
    private final AtomicInteger checks = new AtomicInteger();
    private final MQProducer producer;

    private TransactionWorker(String nameServers, String topic, Path file, String prefix, int transactions)
            throws IOException {
        this.topic = topic;
        this.file = file;
        this.prefix = prefix;
        this.remaining = new AtomicInteger(transactions);
        if (Files.exists(file)) {
            database.addAll(Files.readAllLines(file));
        }
        this.producer = MQProducer.builder(GROUP)
                .nameServers(nameServers)
                .sendTimeout(Duration.ofSeconds(20)) // longer than the restart of a broker
                .connectionHeartbeatInterval(Duration.ofMillis(500))
                .transactionChecker(TransactionChecker.of(topic, this::check))
                .build();
    }

    public static void main(String[] args) throws Exception {
        TransactionWorker worker =
                new TransactionWorker(args[0], args[1], Path.of(args[2]), args[3], Integer.parseInt(args[4]));
        worker.producer.start();
        worker.runAll(Integer.parseInt(args[5]));
        worker.say("done");
        worker.obey();
        worker.producer.close();
    }

    /** What became of a transaction that is in the database. */
    static TransactionState decisionOf(String key) {
        int number = Integer.parseInt(key.substring(key.indexOf('-') + 1));
        return number % 2 == 0 ? TransactionState.COMMIT : TransactionState.ROLLBACK;
    }

    private TransactionState check(MessageView half) {
        String key = half.keys().get(0);
        asked.add(key);
        checks.incrementAndGet();
        return database.contains(key) ? decisionOf(key) : TransactionState.ROLLBACK;
    }

    private void runAll(int threads) throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(this::runUntilNoneRemains);
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            thread.join();
        }
    }

    private void runUntilNoneRemains() {
        while (remaining.getAndDecrement() > 0) {
            if (!run(prefix + "-" + numbers.getAndIncrement())) {
                remaining.incrementAndGet();
            }
        }
    }

    /** Runs one; false if it did not begin, because its half message may not be stored. */
    private boolean run(String key) {
        try {
            TransactionSendResult result = producer.sendInTransaction(
                    Message.builder(topic).keys(key).body(key.getBytes(UTF_8)).build(), half -> decide(key));
            (result.confirmed()
                            ? confirmed
                            : result.transactionState() == TransactionState.UNKNOWN ? unknown : unconfirmed)
                    .incrementAndGet();
            return true;
        } catch (MQProducerException e) {
            System.err.println(key + " not begun: " + e.getMessage());
            notBegun.incrementAndGet();
            return false;
        } catch (Undecided e) {
            unknown.incrementAndGet();
            return true;
        }
    }

    /** Of four, two say how they ended, one does not know and one throws, when it is decided all the same. */
    private TransactionState decide(String key) {
        LockSupport.parkNanos(30_000_000); // so that the others are hit in the middle
        append(key);
        int number = Integer.parseInt(key.substring(key.indexOf('-') + 1));
        return switch (number / 2 % 4) {
            case 0, 1 -> decisionOf(key);
            case 2 -> TransactionState.UNKNOWN;
            default -> throw new Undecided();
        };
    }

    private synchronized void append(String key) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer line = ByteBuffer.wrap((key + "\n").getBytes(UTF_8));
            while (line.hasRemaining()) {
                int ignored = channel.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database.add(key);
    }

    private void obey() throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        int questions = 0;
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.equals("question")) {
                String key = QUESTION + questions++;
                producer.sendInTransaction(
                        Message.builder(topic).keys(key).body(new byte[1]).build(), half -> TransactionState.UNKNOWN);
                Eventually.await("a question", Duration.ofSeconds(60), () -> asked.contains(key));
                say("asked");
            } else if (line.equals("hang")) {
                String key = prefix + "-0";
                producer.sendInTransaction(
                        Message.builder(topic)
                                .keys(key)
                                .body(key.getBytes(UTF_8))
                                .build(),
                        half -> {
                            append(key);
                            say("hanging");
                            LockSupport.park();
                            return TransactionState.UNKNOWN;
                        });
            }
        }
    }

    private void say(String what) {
        System.out.println(what + " confirmed=" + confirmed + " unconfirmed=" + unconfirmed + " unknown=" + unknown
                + " not-begun=" + notBegun + " checks=" + checks);
        System.out.flush();
    }

    /** The local transaction failed in a way that leaves open what became of it. */
    private static final class Undecided extends RuntimeException {}
}
