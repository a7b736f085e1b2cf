package org.casewire.outbound.optin;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.casewire.events.access.Problem;
import org.casewire.events.transport.WireJson;
import org.casewire.events.transport.WireJson.Reading;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;

/**
 * Whom to invite and how.
 *
 * @param categories what the form offers; left out means all
 * @param name how the e-mail addresses the person
 * @param language {@code en} or {@code es}; left out means the site's in the e-mail and the browser's on the page
 */
record InvitationRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 254) @Nullable
        String email,

        @Nullable List<@Nullable Category> categories,
        @Schema(maxLength = 100) @Nullable String name,
        @Schema(allowableValues = {"en", "es"}) @Nullable String language) {

    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_EMAIL = 254;
    private static final int MAX_NAME = 100;

    /** @throws Problem naming the field that is missing or wrong */
    static InvitationRequest read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new Problem(
                    HttpStatus.CONTENT_TOO_LARGE, "BODY_TOO_LARGE", "An invitation has at most 16 kB of JSON.");
        }
        try {
            Reading<InvitationRequest> read = WireJson.read(bytes, InvitationRequest.class);
            if (read.value() == null) {
                throw invalid("The body must be a JSON object.");
            }
            if (!read.problems().isEmpty()) {
                throw invalid(String.join(
                                "; ",
                                read.problems().stream().map(Object::toString).toList())
                        + ".");
            }
            return read.value();
        } catch (JacksonException unreadable) {
            throw Problem.unreadable(unreadable);
        }
    }

    String checkedEmail() {
        String given = email == null ? "" : email.strip();
        try {
            InternetAddress address = new InternetAddress(given, true);
            address.validate();
            if (given.length() <= MAX_EMAIL
                    && given.equals(address.getAddress())
                    && given.indexOf('@') > 0
                    && given.chars().noneMatch(Character::isISOControl)) {
                return given;
            }
        } catch (AddressException notAnAddress) {
            // Answered below, without the parser's words, which quote the address.
        }
        throw invalid("email must be one address, such as maria@example.org.");
    }

    @Nullable
    String checkedName() {
        if (name == null || name.isBlank()) {
            return null;
        }
        if (name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw invalid("name must be at most %d characters on one line.".formatted(MAX_NAME));
        }
        return name.strip();
    }

    Optional<Language> checkedLanguage() {
        if (language == null) {
            return Optional.empty();
        }
        return Optional.of(Language.of(language).orElseThrow(() -> invalid("language must be en or es.")));
    }

    List<Category> checkedCategories() {
        if (categories == null || categories.isEmpty()) {
            return List.of(Category.values());
        }
        EnumSet<Category> offered = EnumSet.noneOf(Category.class);
        for (Category category : categories) {
            if (category == null) {
                throw invalid("categories must be among " + Arrays.toString(Category.values()) + ".");
            }
            offered.add(category);
        }
        return List.copyOf(offered);
    }

    static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", detail);
    }
}
