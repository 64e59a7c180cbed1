package io.mqproducer.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.MQProducer;
import io.mqproducer.recording.RecordingMQProducer;
import io.mqproducer.spring.MQTemplate;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

class MQProducerLifecycleTest {

    private final RecordingMQProducer producer = new RecordingMQProducer();
    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MQProducerAutoConfiguration.class))
            .withPropertyValues("mq.producer.shutdown-timeout=7s")
            .withBean("producer", MQProducer.class, () -> producer);

    @Test
    void startsWithTheContextAndDrainsBeforeItCloses() {
        contextRunner.run(context -> {
            assertThat(producer.life()).containsExactly("start");

            context.close();

            assertThat(producer.life()).containsExactly("start", "stop PT7S", "close");
        });
    }

    @Test
    void leavesTheStartToTheFirstSend() {
        contextRunner.withPropertyValues("mq.producer.auto-startup=false").run(context -> {
            assertThat(producer.life()).isEmpty();

            context.getBean(MQTemplate.class).send("orders", "x");
            context.close();

            assertThat(producer.life()).containsExactly("start", "stop PT7S", "close");
        });
    }

    @Test
    void neitherStartsNorStopsWhatNobodyUsed() {
        contextRunner.withPropertyValues("mq.producer.auto-startup=false").run(context -> {
            context.close();

            assertThat(producer.life()).containsExactly("close");
        });
    }

    @Test
    void isStartedByASendDuringInitialization() {
        contextRunner.withBean(SendsEarly.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(producer.sends()).hasSize(1);
            assertThat(producer.life()).containsExactly("start");
        });
    }

    @Test
    void startsEvenWhenBeansAreLazy() {
        contextRunner
                .withPropertyValues("spring.main.lazy-initialization=true")
                .run(context -> assertThat(producer.life()).containsExactly("start"));
    }

    @Test
    void canBeStoppedAndStartedAgain() {
        contextRunner.run(context -> {
            context.stop();
            context.start();
            context.close();

            assertThat(producer.life()).containsExactly("start", "stop PT7S", "start", "stop PT7S", "close");
        });
    }

    @Test
    void survivesAPauseBetweenTests() {
        contextRunner.run(context -> {
            ConfigurableApplicationContext pausable = context.getSourceApplicationContext();
            ContextPause.begin(pausable);
            ContextPause.end(pausable);

            assertThat(producer.life()).containsExactly("start", "stop PT7S", "start");
        });
    }

    @Test
    void isFirstUpAndLastDown() {
        List<String> order = new ArrayList<>();
        contextRunner
                .withBean(
                        "schedulers", SmartLifecycle.class, () -> new RecordingLifecycle(Integer.MAX_VALUE / 2, order))
                .withBean("web", SmartLifecycle.class, () -> new RecordingLifecycle(Integer.MAX_VALUE - 1024, order))
                .withBean("early", SmartLifecycle.class, () -> new RecordingLifecycle(0, order))
                .withBean(
                        "observer",
                        SmartLifecycle.class,
                        () -> new RecordingLifecycle(MQProducerLifecycle.PHASE + 1, order) {
                            @Override
                            public void start() {
                                super.start();
                                order.add("producer " + producer.life());
                            }

                            @Override
                            public void stop() {
                                order.add("producer " + producer.life());
                                super.stop();
                            }
                        })
                .run(context -> context.close());

        int above = MQProducerLifecycle.PHASE + 1;
        assertThat(order)
                .containsExactly(
                        "start " + above,
                        "producer [start]",
                        "start 0",
                        "start " + Integer.MAX_VALUE / 2,
                        "start " + (Integer.MAX_VALUE - 1024),
                        "stop " + (Integer.MAX_VALUE - 1024),
                        "stop " + Integer.MAX_VALUE / 2,
                        "stop 0",
                        "producer [start]",
                        "stop " + above);
        assertThat(producer.life()).containsExactly("start", "stop PT7S", "close");
    }

    @Test
    void closesTheProducerOfAContextThatFails() {
        contextRunner
                .withBean("failing", InitializingBean.class, () -> () -> {
                    throw new IllegalStateException("on purpose");
                })
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(producer.life()).containsExactly("close");
                });
    }

    @Test
    void stopsSeveralProducersAtTheSameTime() throws InterruptedException {
        CyclicBarrier bothAreStopping = new CyclicBarrier(2);
        CountDownLatch stopped = new CountDownLatch(2);

        for (int i = 0; i < 2; i++) {
            MQProducer waiting = producerThatOnStop(() -> bothAreStopping.await(10, TimeUnit.SECONDS));
            new MQProducerLifecycle(waiting, true, Duration.ofSeconds(1)).stop(stopped::countDown);
        }

        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(bothAreStopping.isBroken()).isFalse();
    }

    @Test
    void tellsSpringThatItHasStoppedEvenIfTheProducerThrows() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        MQProducer broken = producerThatOnStop(() -> {
            throw new IllegalStateException("on purpose");
        });

        new MQProducerLifecycle(broken, true, Duration.ZERO).stop(stopped::countDown);

        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void takesAMockForAProducerThatDoesNotRun() {
        MQProducer mock = (MQProducer) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MQProducer.class}, (proxy, method, args) -> null);

        assertThat(new MQProducerLifecycle(mock, true, Duration.ZERO).isRunning())
                .isFalse();
    }

    private MQProducer producerThatOnStop(Callable<?> action) {
        return (MQProducer) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MQProducer.class}, (proxy, method, args) -> {
                    action.call();
                    return null;
                });
    }

    private static class RecordingLifecycle implements SmartLifecycle {

        private final int phase;
        private final List<String> order;
        private boolean running;

        RecordingLifecycle(int phase, List<String> order) {
            this.phase = phase;
            this.order = order;
        }

        @Override
        public void start() {
            order.add("start " + phase);
            running = true;
        }

        @Override
        public void stop() {
            order.add("stop " + phase);
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return phase;
        }
    }

    static class SendsEarly implements InitializingBean {

        private final MQTemplate template;

        SendsEarly(MQTemplate template) {
            this.template = template;
        }

        @Override
        public void afterPropertiesSet() {
            template.send("orders", "early");
        }
    }
}
