package org.casewire.local.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Takes the pictures of the README when it is asked to ({@code deploy/local/screenshots}). */
@ExtendWith(SharedStack.class)
@EnabledIfSystemProperty(named = "casewire.screenshots", matches = ".+")
class ScreenshotsIT {

    private static final List<List<String>> TEXTS = List.of(
            List.of("+14045550102", "Hello Maria, I found the letter from the county. Should I bring it on Thursday?"),
            List.of("+14045550101", "The landlord put a notice on my door this morning 😟 What do I do now?"),
            List.of("+14045550101", "It says ten days."));

    private final RunningStack stack = SharedStack.stack();
    private final Path folder = Path.of(System.getProperty("casewire.screenshots"));

    @Test
    void mariaLooksAtHerMorning() {
        TEXTS.forEach(text -> stack.text(text.getFirst(), text.getLast()));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stack.get("/api/sites/demo/users/maria/alerts", "staff")
                                .get("unread")
                                .asInt())
                        .isEqualTo(TEXTS.size()));
        try (Chromium chromium = Chromium.start()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                try (BrowserContext context = chromium.browser()
                        .newContext(new NewContextOptions()
                                .setColorScheme(scheme)
                                .setReducedMotion(ReducedMotion.REDUCE)
                                .setViewportSize(1080, 700))) {
                    picture(context.newPage(), scheme);
                }
            }
        }
    }

    private void picture(Page page, ColorScheme scheme) {
        page.navigate(stack.frontDoor() + "/");
        page.getByLabel("User id").fill("maria");
        page.getByLabel("Password").fill(stack.password("maria"));
        page.locator("button").click();
        assertThat(page.locator(".live")).isVisible();
        assertThat(page.locator("li.alert")).hasCount(TEXTS.size());
        if (scheme == ColorScheme.DARK) {
            page.locator("button.dismiss").nth(1).click();
            assertThat(page.locator("button.undo")).isFocused();
        }
        page.screenshot(new ScreenshotOptions()
                .setPath(folder.resolve(scheme == ColorScheme.DARK ? "home-dark.png" : "home.png")));
        if (scheme == ColorScheme.DARK) {
            page.locator("button.undo").click();
        }
    }
}
