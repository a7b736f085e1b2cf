package org.casewire.local.story;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's own browser, without a window. */
final class Chromium implements AutoCloseable {

    private static final String AXE = script();

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts it; where there is none, the tests that need it say so and are skipped. */
    static Chromium start() {
        Optional<Path> program = program();
        assumeTrue(
                program.isPresent(),
                "No Chromium on the PATH: install one (apt-get install chromium) to test the page");
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        Playwright playwright =
                Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new LaunchOptions()
                                .setExecutablePath(program.orElseThrow())
                                .setArgs(List.of("--no-sandbox", "--disable-background-networking"))));
    }

    private static Optional<Path> program() {
        Stream<String> folders = Stream.of(System.getenv("PATH").split(":"));
        return folders.flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Browser browser() {
        return browser;
    }

    /** What somebody who cannot see, or cannot use a mouse, would stumble over, one line each. */
    static List<String> hindrances(Page page) {
        return hindrances(page.mainFrame());
    }

    static List<String> hindrances(Frame frame) {
        frame.evaluate(AXE);
        Object found = frame.evaluate("""
                () => axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
                  violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target}`)))
                """);
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(Chromium.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
