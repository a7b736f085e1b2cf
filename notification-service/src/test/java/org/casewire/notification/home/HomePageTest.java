package org.casewire.notification.home;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.casewire.events.CaseRef;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestTokens;
import org.casewire.notification.AlertsOverHttp;
import org.casewire.notification.Office;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class HomePageTest {

    private static final String SITE = "page";

    private final int port;
    private final Office office;
    private final AlertsOverHttp http;

    HomePageTest(@LocalServerPort int port, Sites sites, RestTestClient rest) {
        this.port = port;
        this.office = Office.open(SITE, "PRIMARY", sites);
        this.http = new AlertsOverHttp(rest, SITE);
    }

    private static Optional<Path> chromium() {
        Stream<String> folders = Stream.of(System.getenv("PATH").split(":"));
        return folders.flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Test
    void aTextAppearsByItselfAndIsDismissedWithTheKeyboard() {
        Optional<Path> chromium = chromium();
        assumeTrue(
                chromium.isPresent(),
                "No Chromium on the PATH: install one (apt-get install chromium) to test the page");
        LaunchOptions options = new LaunchOptions()
                .setExecutablePath(chromium.orElseThrow())
                .setArgs(List.of("--no-sandbox", "--disable-background-networking"));
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        try (Playwright playwright =
                        Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(options);
                BrowserContext context = browser.newContext()) {
            context.route(TestTokens.issuer() + "/**", new TestIssuer("maria", SITE)::answer);
            workThrough(context.newPage());
        }
    }

    private void workThrough(Page page) {
        List<String> complaints = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, "maria primary");

        page.navigate("http://127.0.0.1:" + port + "/");
        page.getByText("Sign in as maria").click();
        assertThat(page.getByText("You are all caught up")).isVisible();
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(page).hasURL(Pattern.compile("/#site=page$"));
        page.evaluate("window.neverReloaded = true");

        office.files("First: see you at 10 🙂", caseRef);
        Locator alerts = page.getByRole(AriaRole.LISTITEM);
        assertThat(alerts).hasCount(1);
        assertThat(alerts.first()).containsText("Ana Reyes");
        assertThat(alerts.first()).containsText("(404) 538-7319");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("New text from Ana Reyes: First");
        office.files("Second: نعم", caseRef);
        assertThat(alerts).hasCount(2);
        assertThat(alerts.first()).containsText("Second");
        assertThat(page).hasTitle("(2) Alerts · Casewire");
        assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setLevel(1)))
                .containsText("2 unread");

        dismissWithTheKeyboard(page, "Second");
        assertThat(alerts).hasCount(1);
        assertThat(alerts.first()).isFocused();
        assertThat(alerts.first()).containsText("First");
        page.keyboard().press("Tab");
        dismissWithTheKeyboard(page, "First");
        assertThat(page.getByText("You are all caught up").first()).isVisible();
        assertThat(page).hasTitle("Alerts · Casewire");
        assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
        assertThat(http.list("maria").get("unread").asInt()).isZero();
        assertThat(complaints).isEmpty();
    }

    /** Goes on with Tab until the button of that alert is reached, as somebody without a mouse would. */
    private static void dismissWithTheKeyboard(Page page, String words) {
        Locator alert = page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(words));
        Locator button = alert.getByRole(AriaRole.BUTTON);
        for (int steps = 0; steps < 20 && !isFocused(button); steps++) {
            page.keyboard().press("Tab");
        }
        assertThat(button).isFocused();
        page.keyboard().press("Enter");
    }

    private static boolean isFocused(Locator button) {
        return Boolean.TRUE.equals(button.evaluate("button => button === document.activeElement"));
    }
}
