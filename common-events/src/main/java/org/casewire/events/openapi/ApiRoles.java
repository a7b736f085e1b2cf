package org.casewire.events.openapi;

import io.swagger.v3.oas.models.Operation;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.method.HandlerMethod;

/** Says of each operation who may call it, from the very check that it makes. */
class ApiRoles implements GlobalOperationCustomizer {

    static final String ROLES = "x-roles";

    private static final String OF_SITE = " The token's `sites` must hold the site.";
    private static final Pattern ROLE = Pattern.compile("'(\\w+)'");
    private static final Pattern OWN = Pattern.compile("hasRole\\('(\\w+)'\\) and #user == authentication\\.name");
    private static final Pattern CHECK =
            Pattern.compile("(hasRole|hasAnyRole)\\([\\w', ]+\\)( and #user == authentication\\.name)?");

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        check(method).ifPresent(check -> {
            Set<String> roles = roles(check);
            String who = "Roles: %s.%s".formatted(String.join(", ", roles), isOfSite(operation) ? OF_SITE : "");
            String own = ownOnly(check)
                    .map(role -> " Who is only %s may name no user but themselves.".formatted(role))
                    .orElse("");
            operation.addExtension(ROLES, roles);
            operation.setDescription(described(operation.getDescription(), who + own));
        });
        return operation;
    }

    private static boolean isOfSite(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> parameter.getName().equals("site"));
    }

    private static String described(@Nullable String description, String who) {
        return description == null ? who : description + "\n\n" + who;
    }

    private static Optional<String> check(HandlerMethod method) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), PreAuthorize.class))
                .or(() -> Optional.ofNullable(
                        AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), PreAuthorize.class)))
                .map(PreAuthorize::value);
    }

    /** Whoever is an admin is staff as well. */
    private static Set<String> roles(String check) {
        for (String part : check.split(" or ")) {
            if (!CHECK.matcher(part).matches()) {
                throw new IllegalStateException("OpenAPI cannot tell the roles of the check " + part);
            }
        }
        Set<String> roles = ROLE.matcher(check)
                .results()
                .map(role -> role.group(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        if (roles.contains("staff")) {
            roles.add("admin");
        }
        return roles;
    }

    private static Optional<String> ownOnly(String check) {
        Matcher own = OWN.matcher(check);
        return own.find() ? Optional.of(own.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
