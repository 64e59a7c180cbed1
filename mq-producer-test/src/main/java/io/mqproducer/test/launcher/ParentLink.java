package io.mqproducer.test.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A child's end of the pipes to its parent: one line asked on stdin, one line answered on stdout, both beginning with
 * the question's number.
 *
 * <p>Everything else that is printed goes to stderr, which the parent sends to a file. When stdin ends the parent is
 * gone, and so is this process.
 */
public final class ParentLink {

    /** Begins the answer to what worked. */
    public static final String OK = "OK";

    /** Begins the answer to what did not. */
    static final String FAILED = "FAILED ";

    /** What a child does at its start or when asked. */
    interface Task<T> {
        T run() throws Exception;
    }

    /** What answers a line. */
    interface Answering {
        void answer(String[] words) throws Exception;
    }

    private final PrintStream answers;

    private ParentLink(PrintStream answers) {
        this.answers = answers;
    }

    /** Takes stdout and stdin for the link; answer 0 says how the start went. */
    static void run(Task<Answering> start) {
        ParentLink link = new ParentLink(System.out);
        System.setOut(System.err);
        try {
            Answering answering = start.run();
            link.answer("0", OK);
            link.serve(answering);
        } catch (Throwable e) {
            link.fail("0", e);
        }
        Runtime.getRuntime().halt(1); // RocketMQ's shutdown hooks take up to 25 seconds
    }

    private void serve(Answering answering) throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] numberAndRest = line.split(" ", 2);
            try {
                answering.answer(numberAndRest[1].split(" ", -1));
                answer(numberAndRest[0], OK);
            } catch (Exception e) {
                fail(numberAndRest[0], e);
            }
        }
    }

    private void fail(String number, Throwable e) {
        e.printStackTrace();
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        answer(number, (FAILED + e + (root == e ? "" : ", caused by " + root)).replaceAll("\\R", " "));
    }

    private void answer(String number, String text) {
        answers.println(number + " " + text);
        answers.flush();
    }
}
