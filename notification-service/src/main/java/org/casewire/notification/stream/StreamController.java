package org.casewire.notification.stream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.casewire.notification.stream.AlertStream.Told;
import org.casewire.notification.stream.AlertStreams.Opened;
import org.casewire.notification.stream.AlertStreams.Viewing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The live stream (server-sent events). Each one is written by the thread of its own request: threads are virtual
 * here, and a reader that does not read holds up nobody else.
 */
@RestController
@Tag(name = "alerts", description = "Texts that came in on somebody's cases")
class StreamController {

    private static final String EXAMPLE = """
            event: AlertRaised
            id: 2s-1f-0.3.ft2p
            data: {"alertId":"5d0e7c7e-54a1-3f0b-8f0e-2d9a3f1b6c11","at":"2026-03-06T21:45:00.120Z","site":"demo",…}

            """;

    private static final String EVENTS = """
            Server-sent events. `event: AlertRaised`: `data` is one line of JSON, the value of the event AlertRaised
            (alertId, site, caseRef, sid, contact, preview, at). `event: AlertDismissed`: the value of AlertDismissed
            (alertId, site, caseRef, by, at). `event: Refresh`: load the list; its `data` is {}. A comment with an
            `id` alone: nothing happened. `id` is what Last-Event-ID takes.""";

    private static final Logger log = LoggerFactory.getLogger(StreamController.class);

    private final AlertStreams streams;
    private final StreamProperties properties;
    private final Sites sites;
    private final Clock clock;

    StreamController(AlertStreams streams, StreamProperties properties, Sites sites, Clock clock) {
        this.streams = streams;
        this.properties = properties;
        this.sites = sites;
        this.clock = clock;
    }

    @GetMapping(path = "/api/sites/{site}/users/{user}/alerts/stream")
    @PreAuthorize("hasRole('ADMIN') or hasRole('STAFF') and #user == authentication.name")
    @Operation(
            operationId = "streamAlerts",
            summary = "A user's alerts as they happen (server-sent events)",
            description = "AlertRaised and AlertDismissed with their documents; after Last-Event-ID what was missed"
                    + " since. One Refresh says to load the list: more was missed than is kept, or the user's assignments"
                    + " changed. Ends when the token does.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "text/event-stream",
                            schema = @Schema(type = "string", description = EVENTS),
                            examples = @ExampleObject(EXAMPLE)))
    void stream(
            @PathVariable String site,
            @PathVariable String user,
            @Parameter(description = "the last `id` that was read: what came after it is told first")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    @Nullable
                    String lastEventId,
            @AuthenticationPrincipal Jwt token,
            HttpServletResponse response)
            throws InterruptedException {
        if (sites.find(site).isEmpty()) {
            throw new Problem(
                    HttpStatus.NOT_FOUND,
                    "UNKNOWN_SITE",
                    "There is no site of that name; ask the operator for its name.");
        }
        Viewing viewing = new Viewing(site, user);
        Opened opened = streams.open(viewing, blankIsNull(lastEventId));
        try {
            head(response);
            write(opened, response.getOutputStream(), expiry(token));
        } catch (IOException readerLeft) {
            log.atDebug().log("The reader of an alert stream left");
        } finally {
            streams.close(viewing, opened.stream());
        }
    }

    private static @Nullable String blankIsNull(@Nullable String id) {
        return id == null || id.isBlank() ? null : id;
    }

    private static Instant expiry(Jwt token) {
        return Optional.ofNullable(token.getExpiresAt()).orElse(Instant.MAX);
    }

    private static void head(HttpServletResponse response) {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        // Proxies that buffer answers must not buffer this one.
        response.setHeader("X-Accel-Buffering", "no");
    }

    private void write(Opened opened, OutputStream out, Instant until) throws IOException, InterruptedException {
        AlertStream stream = opened.stream();
        for (Told told : opened.first()) {
            send(out, stream.asWritten(told));
        }
        while (!stream.hasEnded()) {
            Duration left = Duration.between(clock.instant(), until);
            if (!left.isPositive()) {
                return;
            }
            Duration wait = left.compareTo(properties.heartbeat()) < 0 ? left : properties.heartbeat();
            Told next = next(stream, wait);
            if (!stream.hasEnded()) {
                send(out, next);
            }
        }
    }

    /** The place is asked for before the last look: what was told up to it is written by then. */
    private Told next(AlertStream stream, Duration wait) throws InterruptedException {
        Optional<Told> next = stream.next(wait);
        if (next.isPresent()) {
            return next.get();
        }
        Told place = streams.place();
        return stream.next(Duration.ZERO).orElseGet(() -> stream.asWritten(place));
    }

    private static void send(OutputStream out, Told told) throws IOException {
        out.write(told.text().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
