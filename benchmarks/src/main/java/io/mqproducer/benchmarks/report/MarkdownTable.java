package io.mqproducer.benchmarks.report;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of Markdown while it grows: the first columns to the left, the others, numbers, to the right. */
final class MarkdownTable {

    private final StringBuilder text = new StringBuilder();

    MarkdownTable(int left, List<String> heads) {
        row(heads);
        String rule = Stream.concat(
                        Collections.nCopies(left, "---").stream(),
                        Collections.nCopies(heads.size() - left, "---:").stream())
                .collect(Collectors.joining("|", "|", "|\n"));
        text.append(rule);
    }

    void row(List<String> cells) {
        text.append(
                cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
