package io.mqproducer.samples.orders;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page at {@code /}, as its user sees it: forms to fill, buttons to click, texts to read. */
final class OrderPage {

    private final ChromeDriver browser;
    private final WebDriverWait wait;

    private OrderPage(ChromeDriver browser) {
        this.browser = browser;
        this.wait = new WebDriverWait(browser, Duration.ofSeconds(20), Duration.ofMillis(50));
    }

    static OrderPage open(ChromeDriver browser, String url) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 1280, "height", 800, "deviceScaleFactor", 1, "mobile", false));
        browser.get(url);
        OrderPage page = new OrderPage(browser);
        page.wait.until(ExpectedConditions.presenceOfNestedElementLocatedBy(By.id("product"), By.tagName("option")));
        return page;
    }

    /**
     * A row of the table of results.
     *
     * @param place broker, queue, offset and message id; or the one text that there is instead
     */
    record Row(String mode, String outcome, List<String> place, double millis) {}

    /** Places orders by the form, and returns their rows, the newest first. */
    List<Row> place(String mode, int count, String customer) {
        type("customer", customer);
        choose("mode", mode);
        choose("count", Integer.toString(count));
        return rowsAfter("place", count);
    }

    /** Orders more than there is, and returns its row. */
    Row placeTooMany(String customer) {
        type("customer", customer);
        return rowsAfter("too-many", 1).get(0);
    }

    private List<Row> rowsAfter(String button, int count) {
        int before = rowCount();
        click(button);
        wait.until(driver -> rowCount() == before + count && enabled("place"));
        List<?> rows = (List<?>) browser.executeScript(
                "return [...document.getElementById('results').rows].slice(0, arguments[0])"
                        + ".map(row => [...row.cells].map(cell => cell.textContent))",
                count);
        return rows.stream().map(OrderPage::row).toList();
    }

    private int rowCount() {
        return ((Number) browser.executeScript("return document.getElementById('results').rows.length")).intValue();
    }

    private static Row row(Object cells) {
        List<String> texts = ((List<?>) cells).stream().map(String::valueOf).toList();
        int last = texts.size() - 1;
        double millis = Double.parseDouble(texts.get(last).replace("\u202f", ""));
        return new Row(texts.get(0), texts.get(1), texts.subList(2, last), millis);
    }

    /** Clicks, and waits until the text there says something else. */
    String textAfter(String button, String output) {
        String before = text(output);
        click(button);
        return wait.until(driver -> {
            String now = text(output);
            return now.equals(before) ? null : now;
        });
    }

    /** Waits for a text, and returns all of it. */
    String await(String output, String part) {
        wait.until(ExpectedConditions.textToBePresentInElementLocated(By.id(output), part));
        return text(output);
    }

    String text(String id) {
        return element(id).getText();
    }

    boolean enabled(String id) {
        return element(id).isEnabled();
    }

    void type(String id, String text) {
        element(id).clear();
        element(id).sendKeys(text);
    }

    private void choose(String group, String value) {
        browser.findElement(By.cssSelector("input[name=" + group + "][value='" + value + "']"))
                .click();
    }

    private void click(String id) {
        wait.until(ExpectedConditions.elementToBeClickable(By.id(id))).click();
    }

    private WebElement element(String id) {
        return browser.findElement(By.id(id));
    }

    /** The points of a chart that there are, by the names of its lines. */
    @SuppressWarnings("unchecked")
    Map<String, List<Number>> points(String chart) {
        return (Map<String, List<Number>>) browser.executeScript(
                "return Object.fromEntries(Chart.getChart(arguments[0]).data.datasets"
                        + ".map(line => [line.label, line.data.filter(point => point !== null)]))",
                chart);
    }

    /** What a function of one of the page's modules returns. */
    Object call(String module, String function, Object... arguments) {
        return browser.executeAsyncScript(
                "const [module, name, values, done] = arguments;"
                        + "import(module).then(m => done(m[name](...values)), error => done(String(error)))",
                module,
                function,
                List.of(arguments));
    }

    /** What the browser's console has said since this was last asked. */
    List<String> console() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The addresses of all that the page has asked for since this was last asked, by the browser's log of the network. */
    List<String> requests() {
        return browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .filter(message -> message.contains("\"documentURL\":\"" + browser.getCurrentUrl()))
                .map(message -> JsonPath.<String>read(message, "$.message.params.request.url"))
                .toList();
    }

    void photograph(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, browser.getScreenshotAs(OutputType.BYTES));
    }
}
