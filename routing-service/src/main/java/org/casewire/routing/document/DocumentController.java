package org.casewire.routing.document;

import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.io.input.BoundedInputStream;
import org.casewire.events.access.Problem;
import org.casewire.routing.document.DocumentTable.Found;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** Hands out received files. */
@RestController
@Tag(name = "documents", description = "Received pictures and files")
class DocumentController {

    private static final Logger log = LoggerFactory.getLogger(DocumentController.class);

    private final DocumentTable table;
    private final ObjectStore store;
    private final SafeHeaders headers;
    private final MeterRegistry meters;

    DocumentController(DocumentTable table, ObjectStore store, SafeHeaders headers, MeterRegistry meters) {
        this.table = table;
        this.store = store;
        this.headers = headers;
        this.meters = meters;
    }

    @GetMapping("/api/sites/{site}/documents/{id}")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    @Operation(
            operationId = "getDocument",
            summary = "A received picture or file",
            description =
                    "Understands Range (one) and If-None-Match. A picture may be shown, anything else is to be saved.")
    @ApiResponse(
            responseCode = "206",
            description = "The part that Range asked for",
            headers = @Header(name = "Content-Range", schema = @Schema(type = "string")),
            content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "304", description = "Not changed since If-None-Match", content = @Content)
    @ApiResponse(
            responseCode = "404",
            description = "`NOT_FOUND`, or `NOT_STORED`: not come from Twilio yet, or not kept")
    @ApiResponse(responseCode = "416", description = "`INVALID_RANGE`: Range lies outside of the file")
    @ApiResponse(
            responseCode = "200",
            headers = @Header(name = "ETag", description = "of its bytes", schema = @Schema(type = "string")),
            content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    @Nullable
    ResponseEntity<Resource> document(
            @PathVariable String site, @PathVariable String id, HttpMethod method, ServletWebRequest request) {
        Found found = id(id).flatMap(wanted -> table.find(site, wanted)).orElseThrow(DocumentController::unknown);
        Stored stored = found.stored().orElseThrow(() -> notHere(found));
        HttpHeaders safe = headers.of(stored, found.expectedAt());
        if (request.checkNotModified(stored.etag())) {
            return null;
        }
        Part part = part(request, stored);
        if (part.isPartial()) {
            safe.set(HttpHeaders.CONTENT_RANGE, part.described(stored.content().bytes()));
        }
        safe.setContentLength(part.length());
        return ResponseEntity.status(part.isPartial() ? HttpStatus.PARTIAL_CONTENT : HttpStatus.OK)
                .headers(safe)
                .body(method == HttpMethod.HEAD ? null : content(stored, part));
    }

    private static Optional<UUID> id(String written) {
        try {
            return Optional.of(UUID.fromString(written));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    private static Problem unknown() {
        return Problem.notFound("No document of that id is known. It may have been erased.");
    }

    private static Problem notHere(Found found) {
        return new Problem(
                HttpStatus.NOT_FOUND,
                "NOT_STORED",
                switch (found.state()) {
                    case PENDING -> "The file has not come from Twilio yet. Ask again later.";
                    case REFUSED, UNAVAILABLE, STORED ->
                        "The file was not kept; the received text it came with says why.";
                });
    }

    /** What is asked for of a file, from its first byte to its last. */
    private record Part(long from, long length, boolean isPartial) {

        String described(long whole) {
            return "bytes " + from + "-" + (from + length - 1) + "/" + whole;
        }
    }

    /** Of several ranges none is understood, as a server may. */
    private static Part part(ServletWebRequest request, Stored stored) {
        long whole = stored.content().bytes();
        String wanted = request.getHeader(HttpHeaders.RANGE);
        String condition = request.getHeader(HttpHeaders.IF_RANGE);
        if (wanted == null || condition != null && !condition.equals(stored.etag())) {
            return new Part(0, whole, false);
        }
        try {
            List<HttpRange> ranges = HttpRange.parseRanges(wanted);
            if (ranges.size() != 1) {
                return new Part(0, whole, false);
            }
            long from = ranges.getFirst().getRangeStart(whole);
            long to = ranges.getFirst().getRangeEnd(whole);
            if (from >= whole || to < from) {
                throw outside(whole);
            }
            return new Part(from, to - from + 1, true);
        } catch (IllegalArgumentException unreadable) {
            throw outside(whole);
        }
    }

    private static Problem outside(long whole) {
        Problem problem = new Problem(
                HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                "INVALID_RANGE",
                "Range must lie within the file's " + whole + " bytes.");
        problem.getHeaders().set(HttpHeaders.CONTENT_RANGE, "bytes */" + whole);
        return problem;
    }

    private Resource content(Stored stored, Part part) {
        try {
            InputStream from = store.open(stored.objectKey(), part.from());
            return new InputStreamResource(BoundedInputStream.builder()
                    .setInputStream(from)
                    .setMaxCount(part.length())
                    .setPropagateClose(true)
                    .get());
        } catch (IOException failure) {
            meters.counter("casewire.documents.unreadable").increment();
            log.atWarn()
                    .addKeyValue("documentId", stored.documentId())
                    .addKeyValue("failure", failure.getClass().getSimpleName())
                    .log(
                            failure instanceof NoSuchFileException
                                    ? "A stored file is missing in the store; restore it from a backup"
                                    : "The store does not give a file");
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "STORE_AWAY",
                    "The store of documents does not give the file now. Ask again later.");
        }
    }
}
