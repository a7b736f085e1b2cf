package org.casewire.routing.erasure;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.casewire.events.Conversation;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.TraceParent;
import org.casewire.routing.erasure.Erasure.Erased;
import org.casewire.routing.list.Parameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Erasing over HTTP. */
@RestController
@Tag(name = "erasure", description = "Erasing what was said with a person")
class ErasureController {

    private static final Logger log = LoggerFactory.getLogger(ErasureController.class);

    private final Erasure erasure;
    private final Sites sites;

    ErasureController(Erasure erasure, Sites sites) {
        this.erasure = erasure;
        this.sites = sites;
    }

    @DeleteMapping("/api/sites/{site}/contacts/{contact}/texts")
    @PreAuthorize("hasRole('ADMIN')")
    @Operation(
            operationId = "eraseTexts",
            summary = "Erases the words and files of all texts from and to a number, here at once",
            description =
                    "The other services follow (TextsErased). The consent ledger stays as evidence, and so does that"
                            + " there were texts. What waits to be sent still leaves, and is told of without its words. The same"
                            + " again erases what has come since.")
    Erased erase(
            @PathVariable String site,
            @Parameter(description = "E.164 (+ as %2B), national form or a short code") @PathVariable String contact,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceParent,
            @AuthenticationPrincipal Jwt token) {
        SiteDocument document = Parameters.site(sites, site);
        Erased erased = erasure.erase(
                new Conversation(site, Parameters.contact(document, contact)),
                String.valueOf(token.getSubject()),
                TraceParent.carriedOrNew(Optional.ofNullable(traceParent)));
        log.atInfo()
                .addKeyValue("site", site)
                .addKeyValue("by", erased.by())
                .addKeyValue("received", erased.received())
                .addKeyValue("sent", erased.sent())
                .log("Texts of a person were erased");
        return erased;
    }
}
