package io.mqproducer.internal.route;

import io.mqproducer.benchmarks.micro.SendPathPiece;
import io.mqproducer.internal.config.ProducerConfig.Detector;
import io.mqproducer.internal.config.ProducerConfig.FaultTolerance;
import io.mqproducer.internal.protocol.SendFrameTemplate;
import io.mqproducer.internal.protocol.SendHeader;
import io.mqproducer.internal.selection.BrokerHealth;
import io.mqproducer.internal.selection.QueueSelector;
import io.mqproducer.internal.util.Endpoint;
import io.mqproducer.message.MessageQueue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;

/** Choosing a queue. It stands beside the route, which nobody else can make. */
public class QueueSelectorBenchmark extends SendPathPiece {

    private static final int QUEUES_PER_BROKER = 4;
    private static final int BROKERS = 64;
    private static final long NOW = 0;

    private final QueueSelector selector = new QueueSelector(health());
    private final QueueSelector cautious = new QueueSelector(healthWithOneIll());
    private final TopicRoute oneBroker = route(1);
    private final TopicRoute manyBrokers = route(BROKERS);

    @Benchmark
    public PublishQueue among4() {
        return selector.select(oneBroker, List.of(), NOW);
    }

    @Benchmark
    public PublishQueue among256() {
        return selector.select(manyBrokers, List.of(), NOW);
    }

    @Benchmark
    public PublishQueue among256WithAnIllBroker() {
        return cautious.select(manyBrokers, List.of(), NOW);
    }

    private static BrokerHealth health() {
        return new BrokerHealth(new FaultTolerance(false, List.of(), List.of(), Detector.OFF));
    }

    private static BrokerHealth healthWithOneIll() {
        BrokerHealth health = health();
        health.failed(brokerName(1), NOW);
        return health;
    }

    private static TopicRoute route(int brokers) {
        List<TopicRoute.BrokerQueues> queues = IntStream.range(0, brokers)
                .mapToObj(i -> new TopicRoute.BrokerQueues(
                        brokerName(i), new Endpoint("localhost", 10911 + i), QUEUES_PER_BROKER, i * QUEUES_PER_BROKER))
                .toList();
        return new TopicRoute("orders", queues, new AtomicInteger(), QueueSelectorBenchmark::queueOf);
    }

    private static String brokerName(int i) {
        return "broker-" + i;
    }

    private static PublishQueue queueOf(MessageQueue queue, Endpoint broker) {
        return new PublishQueue(queue, broker, templateOf(queue), BrokerLatency.unknown());
    }

    private static SendFrameTemplate templateOf(MessageQueue queue) {
        return SendFrameTemplate.of(new SendHeader(
                "benchmark",
                queue.topic(),
                "TBW102",
                QUEUES_PER_BROKER,
                queue.queueId(),
                queue.brokerName(),
                false,
                Map.of()));
    }
}
