package io.mqproducer.benchmarks.load;

import io.mqproducer.benchmarks.client.RequestExtras;
import io.mqproducer.benchmarks.plan.Body;
import io.mqproducer.benchmarks.plan.Load;

/** A {@link Load} as one argument of a command line. */
public final class LoadText {

    private LoadText() {}

    public static String of(Load load) {
        return String.join(
                ",",
                load.mode().name(),
                Integer.toString(load.callers()),
                Integer.toString(load.inFlight()),
                Integer.toString(load.body().size()),
                Boolean.toString(load.body().text()),
                Integer.toString(load.topics()),
                Integer.toString(load.rate()),
                Boolean.toString(load.virtualThreads()),
                Boolean.toString(load.keysAndTags()),
                load.extras().name());
    }

    static Load parse(String text) {
        String[] parts = text.split(",", -1);
        return new Load(
                Load.Mode.valueOf(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                new Body(Integer.parseInt(parts[3]), Boolean.parseBoolean(parts[4])),
                Integer.parseInt(parts[5]),
                Integer.parseInt(parts[6]),
                Boolean.parseBoolean(parts[7]),
                Boolean.parseBoolean(parts[8]),
                RequestExtras.valueOf(parts[9]));
    }
}
