package io.mqproducer.benchmarks.plan;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * What messages carry: 16 bodies, always the same, sent in turn.
 *
 * @param size in bytes
 * @param text whether they compress: text like JSON, else random bytes
 */
public record Body(int size, boolean text) {

    private static final int VARIANTS = 16;
    private static final String[] WORDS = {
        "order",
        "customer",
        "amount",
        "currency",
        "status",
        "created",
        "address",
        "street",
        "city",
        "country",
        "items",
        "price",
        "quantity",
        "discount",
        "total",
        "reference"
    };

    public static Body random(int size) {
        return new Body(size, false);
    }

    public static Body text(int size) {
        return new Body(size, true);
    }

    /** The bodies; the same in each process. */
    public byte[][] variants() {
        byte[][] bodies = new byte[VARIANTS][];
        for (int i = 0; i < VARIANTS; i++) {
            Random random = new Random(31L * size + i);
            bodies[i] = text ? json(random) : bytes(random);
        }
        return bodies;
    }

    private byte[] bytes(Random random) {
        byte[] body = new byte[size];
        random.nextBytes(body);
        return body;
    }

    private byte[] json(Random random) {
        StringBuilder text = new StringBuilder("{");
        while (text.length() < size) {
            text.append('"')
                    .append(WORDS[random.nextInt(WORDS.length)])
                    .append("\":\"")
                    .append(Integer.toString(random.nextInt(1 << 24), 36))
                    .append("\",");
        }
        return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    /** {@code 1024}, {@code 4096t}. */
    public String shortName() {
        return text ? size + "t" : Integer.toString(size);
    }
}
