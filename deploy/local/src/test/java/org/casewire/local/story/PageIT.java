package org.casewire.local.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByTextOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The home page and the block for other pages, as people meet them in a browser. They are sam's. */
@ExtendWith(SharedStack.class)
@Timeout(180)
class PageIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicInteger CLIENTS = new AtomicInteger(8100);
    private static final String ALERTS = "/api/sites/demo/users/sam/alerts";

    private static RunningStack stack;
    private static Chromium chromium;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        stack = SharedStack.stack();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
    }

    /** Somebody with a case of sam's. */
    private record Client(String name, String number, String caseId) {

        static Client called(String first) {
            int number = CLIENTS.incrementAndGet();
            Client client = new Client(first + " " + number, "+1404538" + number, "page-" + number);
            stack.publish("sms.cases", "demo|CASE|" + client.caseId, "CaseChanged", """
                    {"site":"demo","caseRef":{"kind":"CASE","id":"%s"},"title":"Tenancy","clientName":"%s",
                     "openedAt":"2026-01-05T10:00:00Z","phones":{"mobile":["%s"]},
                     "assignments":[{"userId":"sam","primary":true}],"updatedAt":"%s"}
                    """.formatted(
                            client.caseId, client.name, client.number, Instant.now()));
            stack.publish("sms.send-queue", "demo|" + client.number, "SendRequested", """
                    {"messageId":"%s","site":"demo","to":"%s","body":"Good day","caseRef":{"kind":"CASE","id":"%s"}}
                    """.formatted(
                            UUID.randomUUID(), client.number, client.caseId));
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(stack.handset(client.number)).hasSize(1));
            return client;
        }

        void texts(String body) {
            stack.text(number, body);
        }

        boolean hasAlert() {
            return stack.get(ALERTS + "?limit=500", "admin")
                    .get("items")
                    .valueStream()
                    .anyMatch(
                            alert -> alert.path("caseRef").path("id").asString().equals(caseId));
        }

        void textsAndIsAlerted(String body) {
            texts(body);
            await().atMost(SOON).until(this::hasAlert);
        }
    }

    private static NewContextOptions light() {
        return new NewContextOptions().setReducedMotion(ReducedMotion.REDUCE).setViewportSize(1180, 760);
    }

    private Page page(NewContextOptions options) {
        context = chromium.browser().newContext(options);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** As sam, without going through the sign-in each time. */
    private Page open(NewContextOptions options) {
        Page page = page(options);
        goIn(page);
        return page;
    }

    private void goIn(Page page) {
        context.addInitScript("""
                sessionStorage.setItem('casewire.session',
                  JSON.stringify({ token: '%s', idToken: '', until: Date.now() + 3600000 }))
                """.formatted(stack.token("admin")));
        page.navigate(stack.frontDoor() + "/");
    }

    private static Locator alert(Page page, Client client) {
        return page.locator("li.alert").filter(new Locator.FilterOptions().setHasText(client.name()));
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile(name)));
    }

    private static Locator words(Page page, String words) {
        return page.getByText(words, new GetByTextOptions().setExact(true));
    }

    /** From now on the page's time stands still (and axe would wait for ever); it was taken in hand before. */
    private static void stopTime(Page page) {
        page.clock().pauseAt(System.currentTimeMillis() + 10_000);
    }

    private static void hindersNobody(Page page) {
        assertThat(Chromium.hindrances(page)).isEmpty();
    }

    @Test
    void somebodySignsInSeesATextArriveAndDismissesItWithTheKeyboard() {
        Client client = Client.called("Ines");
        Page page = page(light());
        page.clock().install();
        page.navigate(stack.frontDoor() + "/");
        page.getByLabel("User id").fill("sam");
        page.getByLabel("Password").fill(stack.password("sam"));
        page.getByRole(AriaRole.BUTTON).click();
        assertThat(words(page, "Live")).isVisible();
        assertThat(page).hasURL(Pattern.compile("/#site=demo$"));
        page.evaluate("window.neverReloaded = true");

        client.texts("See you at ten 🙂 نعم");
        assertThat(alert(page, client)).containsText("See you at ten 🙂 نعم");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("New text from " + client.name());
        assertThat(page).hasTitle(Pattern.compile("^\\(\\d+\\) Alerts · Casewire$"));
        assertThat(page.locator("section", new Page.LocatorOptions().setHasText("Recently unread"))
                        .last())
                .containsText(client.name());
        hindersNobody(page);

        Locator dismiss = button(alert(page, client), "^Dismiss");
        for (int steps = 0; steps < 60 && !isFocused(dismiss); steps++) {
            page.keyboard().press("Tab");
        }
        assertThat(dismiss).isFocused();
        stopTime(page);
        page.keyboard().press("Enter");
        assertThat(button(alert(page, client), "^Undo")).isFocused();
        page.keyboard().press("Enter");
        assertThat(dismiss).isFocused();
        page.clock().fastForward(6_000);
        assertThat(dismiss).isFocused();
        assertThat(client.hasAlert()).isTrue();
        page.keyboard().press("Space");
        assertThat(button(alert(page, client), "^Undo")).isFocused();
        page.clock().fastForward(6_000);
        assertThat(alert(page, client)).hasCount(0);
        await().atMost(SOON).until(() -> !client.hasAlert());
        assertThat(page.evaluate("document.activeElement !== document.body")).isEqualTo(true);
        assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
        assertThat(complaints).isEmpty();
    }

    private static boolean isFocused(Locator button) {
        return Boolean.TRUE.equals(button.evaluate("button => button === document.activeElement"));
    }

    @Test
    void whoIsSignedOutIsToldSoAndHinderedByNothing() {
        Page page = page(light());
        page.navigate(stack.frontDoor() + "/");
        page.getByLabel("User id").fill("sam");
        page.getByLabel("Password").fill(stack.password("sam"));
        page.getByRole(AriaRole.BUTTON).click();
        assertThat(words(page, "Live")).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(words(page, "You are signed out")).isVisible();
        hindersNobody(page);

        page.navigate(stack.frontDoor() + "/?error=access_denied&state=none");
        assertThat(words(page, "You are not signed in")).isVisible();
        assertThat(page.getByText("refused (access_denied)")).isVisible();
        assertThat(page).hasURL(stack.frontDoor() + "/");
        hindersNobody(page);
    }

    @Test
    void aSessionThatIsOverLeadsToTheSignInAndAnEmbeddedViewSaysThatItHasEnded() {
        Page page = page(light());
        page.navigate(stack.frontDoor() + "/home/settings");
        page.evaluate("""
                sessionStorage.setItem('casewire.session',
                  JSON.stringify({ token: 'x.eyJzdWIiOiJzYW0iLCJzaXRlcyI6WyJkZW1vIl19.x', idToken: '', until: Date.now() + 3600000 }))
                """);
        page.navigate(stack.frontDoor() + "/");
        assertThat(page.getByLabel("User id")).isVisible();
        hindersNobody(page);

        page.navigate(stack.frontDoor()
                + "/home/embed?site=demo#token=cwe.eyJzaXRlIjoiZGVtbyIsInVzZXIiOiJzYW0iLCJleHAiOjF9.x");
        assertThat(words(page, "This view has ended")).isVisible();
        hindersNobody(page);
    }

    @Test
    void whoWaitsForAnAnswerIsShownUntilSomebodyWrites() {
        Client client = Client.called("Vera");
        client.textsAndIsAlerted("When is my hearing?");
        await().atMost(SOON)
                .until(() -> waiting().stream()
                        .anyMatch(one -> one.get("contact").asString().equals(client.number())));
        Page page = open(light());
        Locator section = page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(Pattern.compile("^Waiting for an answer")));
        assertThat(section.getByRole(AriaRole.HEADING))
                .hasText("Waiting for an answer " + waiting().size());
        assertThat(section.locator("li .name")).hasText(namesOfTheFirst());
        assertThat(section.locator("li .clock").first()).hasText(Pattern.compile("^waits for (\\d+ h )?\\d+ (min|h)$"));
        hindersNobody(page);

        stack.publish("sms.send-queue", "demo|" + client.number(), "SendRequested", """
                {"messageId":"%s","site":"demo","to":"%s","body":"On Tuesday","sentBy":"sam",
                 "caseRef":{"kind":"CASE","id":"%s"}}
                """.formatted(
                        UUID.randomUUID(), client.number(), client.caseId()));
        await().atMost(SOON)
                .until(() -> waiting().stream()
                        .noneMatch(one -> one.get("contact").asString().equals(client.number())));
        page.reload();
        assertThat(alert(page, client)).isVisible();
        assertThat(section.getByText(client.name())).hasCount(0);
        assertThat(section)
                .containsText(
                        waiting().isEmpty()
                                ? "Nobody waits"
                                : "Waiting for an answer " + waiting().size());
    }

    /** Who waits longest stands first. */
    private static List<JsonNode> waiting() {
        return stack.get("/api/sites/demo/users/sam/unanswered?limit=500", "admin")
                .get("items")
                .valueStream()
                .sorted(Comparator.comparing(
                        one -> Instant.parse(one.get("since").asString())))
                .toList();
    }

    private static Pattern[] namesOfTheFirst() {
        return waiting().stream()
                .limit(8)
                .map(one -> one.get("cases").get(0).path("clientName").asString(""))
                .map(name ->
                        Pattern.compile(name.isEmpty() ? ".+" : "^" + name.replaceAll("[^\\p{Alnum} ]", ".") + "$"))
                .toArray(Pattern[]::new);
    }

    @Test
    void aPageThatWasCutOffGoesOnWhereItWas() {
        Client client = Client.called("Noel");
        Page page = page(light());
        List<String> lastIds = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().endsWith("/alerts/stream")) {
                lastIds.add(request.headers().getOrDefault("last-event-id", ""));
            }
        });
        goIn(page);
        assertThat(words(page, "Live")).isVisible();
        page.waitForCondition(() -> lastIds.size() == 1);
        assertThat(lastIds).containsExactly("");
        client.texts("While you listen");
        assertThat(alert(page, client)).hasCount(1);
        context.setOffline(true);
        assertThat(page.getByText("You are offline")).isVisible();
        client.texts("While you were away");
        context.setOffline(false);
        assertThat(words(page, "Live")).isVisible();
        assertThat(alert(page, client)).hasCount(2);
        page.waitForCondition(() -> lastIds.size() > 1 && !lastIds.getLast().isEmpty());
    }

    @Test
    void aDismissalIsTakenBack() {
        Client client = Client.called("Omar");
        client.textsAndIsAlerted("Not yet");
        Page page = page(light());
        page.clock().install();
        List<String> sent = new ArrayList<>();
        page.onRequest(request -> sent.add(request.url()));
        goIn(page);
        assertThat(words(page, "Live")).isVisible();
        stopTime(page);
        button(alert(page, client), "^Dismiss").click();
        button(alert(page, client), "^Undo").click();
        assertThat(button(alert(page, client), "^Dismiss")).isFocused();
        page.clock().fastForward(10_000);
        assertThat(button(alert(page, client), "^Dismiss")).isVisible();
        assertThat(sent).noneMatch(address -> address.endsWith("/dismissal"));
        assertThat(client.hasAlert()).isTrue();
    }

    @Test
    void aPageThatIsLeftMeanwhileDismissesAtOnce() {
        Client client = Client.called("Lena");
        client.textsAndIsAlerted("Thank you");
        Page page = open(light());
        button(alert(page, client), "^Dismiss").click();
        assertThat(button(alert(page, client), "^Undo")).isVisible();
        page.navigate("about:blank");
        await().atMost(SOON).until(() -> !client.hasAlert());
    }

    @Test
    void whatFailsIsSaidAndMended() {
        Client client = Client.called("Ruth");
        client.textsAndIsAlerted("Are you there?");
        Page page = page(light());
        page.clock().install();
        page.route("**/dismissal", PageIT::fails);
        goIn(page);
        assertThat(words(page, "Live")).isVisible();
        button(alert(page, client), "^Dismiss").click();
        page.clock().fastForward(6_000);
        assertThat(alert(page, client)).containsText("It could not be dismissed");
        hindersNobody(page);
        page.unroute("**/dismissal");

        context.setOffline(true);
        assertThat(page.getByText("You are offline")).isVisible();
        assertThat(alert(page, client)).isVisible();
        hindersNobody(page);
        context.setOffline(false);
        assertThat(words(page, "Live")).isVisible();
    }

    private static void fails(Route route) {
        route.fulfill(new FulfillOptions()
                .setStatus(503)
                .setContentType("application/problem+json")
                .setBody("{\"code\":\"UNAVAILABLE\"}"));
    }

    @Test
    void aListThatCannotBeLoadedIsTriedAgain() {
        Page page = page(light());
        page.route("**/alerts?*", PageIT::fails);
        page.route("**/alerts/stream", PageIT::fails);
        goIn(page);
        assertThat(page.getByText("The alerts could not be loaded")).isVisible();
        assertThat(page.getByText("Connection lost, trying again")).isVisible();
        hindersNobody(page);
        page.getByText("Try now").click();
        page.unroute("**/alerts?*");
        page.unroute("**/alerts/stream");
        page.evaluate("dispatchEvent(new Event('online'))");
        assertThat(words(page, "Live")).isVisible();
        assertThat(page.getByText("The alerts could not be loaded")).hasCount(0);
    }

    @Test
    void itIsReadableInTheDarkOnATelephoneAndWhenThereIsNothing() {
        Client client = Client.called("Tariq");
        client.textsAndIsAlerted("On my way");
        Page page = open(light().setColorScheme(ColorScheme.DARK).setViewportSize(360, 740));
        assertThat(alert(page, client)).isVisible();
        hindersNobody(page);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        context.close();

        Page empty = page(light().setColorScheme(ColorScheme.DARK));
        empty.route(
                "**/alerts?*",
                route -> route.fulfill(new FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"items\":[],\"unread\":0,\"next\":null}")));
        goIn(empty);
        assertThat(empty.getByText("You are all caught up").first()).isVisible();
        hindersNobody(empty);
    }

    @Test
    void anotherApplicationShowsTheAlertsInItsOwnPage() throws Exception {
        Client client = Client.called("Greta");
        client.textsAndIsAlerted("Shown elsewhere");
        try (ForeignPage foreign = ForeignPage.serve(stack.frontDoor(), this::embedToken)) {
            list(foreign.listedOrigin());
            Page page = page(light());
            page.navigate(foreign.listedOrigin() + "/");
            FrameLocator block = page.frameLocator("iframe");
            Locator alert = block.locator("li.alert").filter(new Locator.FilterOptions().setHasText(client.name()));
            assertThat(alert).containsText("Shown elsewhere");
            assertThat(Chromium.hindrances(block(page))).isEmpty();
            assertThat(page.locator("#unread")).hasText(Pattern.compile("[1-9]\\d*"));
            alert.getByRole(AriaRole.BUTTON).click();
            assertThat(alert).hasCount(0);
            await().atMost(SOON).until(() -> !client.hasAlert());
            assertThat(complaints).isEmpty();

            page.navigate(foreign.unlistedOrigin() + "/");
            assertThat(page.locator("iframe")).hasCount(1);
            page.waitForCondition(
                    () -> complaints.stream().anyMatch(complaint -> complaint.contains("frame-ancestors")));
            assertThat(page.frameLocator("iframe").locator("li.alert")).hasCount(0);
        }
    }

    private static Frame block(Page page) {
        return page.frames().stream()
                .filter(frame -> frame.url().contains("/home/embed"))
                .findFirst()
                .orElseThrow();
    }

    private String embedToken() {
        return JsonMapper.shared()
                .readTree(stack.post("/api/sites/demo/users/sam/embed-token", "service", "")
                        .body())
                .get("token")
                .asString();
    }

    private static void list(String origin) {
        ObjectNode site = (ObjectNode) stack.get("/api/sites/demo", "admin");
        site.putArray("embedOrigins").add(origin);
        var answer = stack.put("/api/sites/demo", "admin", site.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        await().atMost(SOON).until(() -> {
            JsonNode minted = JsonMapper.shared()
                    .readTree(stack.post("/api/sites/demo/users/sam/embed-token", "service", "")
                            .body());
            return minted.get("origins").toString().contains(origin);
        });
    }
}
