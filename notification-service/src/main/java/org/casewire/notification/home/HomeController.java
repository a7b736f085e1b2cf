package org.casewire.notification.home;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page and what it asks for before anybody is signed in. */
@RestController
@Tag(name = "pages", description = "The home page and what it is made of")
class HomeController {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final HomePage page;
    private final Settings settings;

    HomeController(HomePage page, HomeProperties properties, @Value("${casewire.oidc.issuer}") URI issuer) {
        this.page = page;
        this.settings = new Settings(issuer.toString(), properties.clientId());
    }

    /** Where and as whom the page signs people in; public. */
    record Settings(String issuer, String clientId) {}

    @GetMapping("/")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
    @Operation(
            operationId = "getHomePage",
            summary = "The home page",
            description = "For people; it signs them in and shows their alerts.")
    ResponseEntity<String> page() {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noCache())
                .body(page.page());
    }

    /** The alerts for the pages of other applications. Which those are stands in the headers ({@link HomeSecurity}). */
    @GetMapping("/home/embed")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
    @Operation(
            operationId = "getAlertsBlock",
            summary = "The alerts as a block for other pages",
            description = "For a frame in the pages of other applications, those of the sites' embedOrigins.")
    ResponseEntity<String> block() {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noCache())
                .body(page.block());
    }

    @GetMapping("/home/settings")
    @Operation(
            operationId = "getHomeSettings",
            summary = "Where the page signs people in",
            description = "Public: the page asks before anybody is signed in.")
    ResponseEntity<Settings> settings() {
        return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(settings);
    }

    /** For browsers that ask for it unasked. */
    @GetMapping("/favicon.ico")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "image/svg+xml", schema = @Schema(type = "string")))
    @Operation(
            operationId = "getIcon",
            summary = "The page's icon",
            description = "For browsers that ask for it unasked.")
    ResponseEntity<Resource> icon() {
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("image/svg+xml"))
                .body(new ClassPathResource("home/icon.svg"));
    }
}
