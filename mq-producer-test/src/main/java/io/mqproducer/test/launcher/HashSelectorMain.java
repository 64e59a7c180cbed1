package io.mqproducer.test.launcher;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs RocketMQ's own hash selector: for each line of stdin, a number of queues and a hash code, prints a line with the id
 * of the queue that it chooses. Ends with stdin.
 */
public final class HashSelectorMain {

    private HashSelectorMain() {}

    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Reflected selector = Reflected.create("org.apache.rocketmq.client.producer.selector.SelectMessageQueueByHash");
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] words = line.split(" ", -1);
            List<Object> queues = new ArrayList<>();
            for (int id = 0; id < Integer.parseInt(words[0]); id++) {
                queues.add(Reflected.create("org.apache.rocketmq.common.message.MessageQueue", "T", "b", id)
                        .target());
            }
            // The hash code of an Integer is itself.
            answers.println(selector.get("select", queues, null, Integer.parseInt(words[1]))
                    .number("getQueueId"));
            answers.flush();
        }
    }
}
