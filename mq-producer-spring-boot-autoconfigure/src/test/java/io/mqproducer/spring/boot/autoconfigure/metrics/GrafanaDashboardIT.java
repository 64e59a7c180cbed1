package io.mqproducer.spring.boot.autoconfigure.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.mqproducer.MQProducer;
import io.mqproducer.message.Message;
import io.mqproducer.spring.MQTemplate;
import io.mqproducer.spring.boot.autoconfigure.Actuator;
import io.mqproducer.test.junit.RocketMQExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Holds the dashboard against what Prometheus would read of a running application. */
class GrafanaDashboardIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private static final Path DASHBOARD = Path.of("../docs/grafana/mq-producer-dashboard.json");
    private static final Pattern METRIC = Pattern.compile("(mq_producer_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)=~?\"");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(mq_producer_\\w+)\\{([^}]*)}");

    /** What Prometheus adds to names of one meter. */
    private static final String SUFFIX = "_(count|sum|max|bucket)$";

    /** Names of all samples, each with its labels. */
    private static final Map<String, Set<String>> SAMPLES = new HashMap<>();

    /** Nothing but what its class path brings. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @BeforeAll
    static void scrapeAnApplicationThatSends() throws Exception {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "management.endpoints.web.exposure.include=prometheus",
                        "management.metrics.distribution.percentiles-histogram.mq.producer.send=true",
                        "mq.producer.name-servers=" + ROCKETMQ.nameServerAddresses())
                .run()) {
            application.getBean(MQTemplate.class).send("dashboard", "x");
            application
                    .getBean(MQProducer.class)
                    .sendBatch(List.of(Message.of("dashboard", new byte[1]), Message.of("dashboard", new byte[1])));
            String scraped = Actuator.get(application, "prometheus").body();
            SAMPLE.matcher(scraped)
                    .results()
                    .forEach(sample -> SAMPLES.computeIfAbsent(sample.group(1), name -> new TreeSet<>())
                            .addAll(labels(sample.group(2))));
        }
    }

    @Test
    void everyQueryFindsItsMeterWithTheLabelsThatItUses() throws Exception {
        List<String> queries = JsonPath.read(Files.readString(DASHBOARD, UTF_8), "$.panels[*].targets[*].expr");

        assertThat(queries).hasSizeGreaterThan(20).allSatisfy(query -> {
            List<MatchResult> meters = METRIC.matcher(query).results().toList();
            assertThat(meters).as(query).isNotEmpty();
            for (MatchResult meter : meters) {
                assertThat(SAMPLES).as(query).containsKey(meter.group(1));
                assertThat(SAMPLES.get(meter.group(1)))
                        .as(query)
                        .containsAll(labels(meter.group(2)))
                        .containsAll(groupings(query));
            }
        });
    }

    @Test
    void everyMeterIsShown() throws Exception {
        String dashboard = Files.readString(DASHBOARD, UTF_8);

        Set<String> shown = METRIC.matcher(dashboard)
                .results()
                .map(meter -> meter.group(1).replaceAll(SUFFIX, ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(shown)
                .isEqualTo(SAMPLES.keySet().stream()
                        .map(name -> name.replaceAll(SUFFIX, ""))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Set<String> labels(String text) {
        return MATCHER.matcher(text).results().map(label -> label.group(1)).collect(Collectors.toSet());
    }

    private static Set<String> groupings(String query) {
        return BY.matcher(query)
                .results()
                .flatMap(by -> Pattern.compile(", ").splitAsStream(by.group(1)))
                .collect(Collectors.toSet());
    }
}
