package org.casewire.events.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything under {@code /api} needs a bearer token; a token for one site sees nothing of another. Roles are checked
 * where the operation is ({@code @PreAuthorize}); {@code admin} is {@code staff} and more.
 */
@AutoConfiguration(before = {OAuth2ResourceServerAutoConfiguration.class, ServletWebSecurityAutoConfiguration.class})
@EnableMethodSecurity
@Import({ProblemAdvice.class, HealthPaths.class, NotBeforeStart.class, TokenReading.class})
public class AccessAutoConfiguration {

    /** A token's {@code sites} holds this when it may touch all of them. */
    private static final String ALL_SITES = "*";

    @Bean
    static RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.fromHierarchy("ROLE_ADMIN > ROLE_STAFF");
    }

    @Bean
    SecurityFilterChain apiSecurity(HttpSecurity http, JsonMapper json) throws Exception {
        JwtAuthenticationConverter tokens = new JwtAuthenticationConverter();
        tokens.setJwtGrantedAuthoritiesConverter(AccessAutoConfiguration::roles);
        return http.securityMatcher("/api/**")
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/sites/{site}/**", "/api/sites/{site}")
                        .access((who, request) -> mayTouch(who.get(), request))
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(tokens))
                        .authenticationEntryPoint((request, response, failure) -> {
                            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(failure));
                            answer(
                                    json,
                                    request,
                                    response,
                                    HttpStatus.UNAUTHORIZED,
                                    "UNAUTHENTICATED",
                                    "A valid bearer token is needed: Authorization: Bearer <token>.");
                        })
                        .accessDeniedHandler((request, response, denied) -> notFound(json, request, response)))
                .addFilterBefore(new IssuerAway(json), BearerTokenAuthenticationFilter.class)
                .build();
    }

    /** RFC 6750: what was wrong with a token is said only to whoever brought one. */
    private static String challenge(AuthenticationException failure) {
        return failure instanceof OAuth2AuthenticationException refused
                ? "Bearer error=\"%s\"".formatted(refused.getError().getErrorCode())
                : "Bearer";
    }

    /** Addresses that are meant to slip past a check ({@code //}, {@code ..;}) get the same kind of answer as all errors. */
    @Bean
    RequestRejectedHandler rejectedAddresses(JsonMapper json) {
        return (request, response, rejected) -> answer(
                json, request, response, HttpStatus.BAD_REQUEST, "INVALID_REQUEST", "The address is not a valid one.");
    }

    private static Collection<GrantedAuthority> roles(Jwt token) {
        return strings(token, "roles")
                .map(role -> (GrantedAuthority) new SimpleGrantedAuthority("ROLE_" + role.toUpperCase(Locale.ROOT)))
                .toList();
    }

    private static Stream<String> strings(Jwt token, String claim) {
        List<String> values =
                Optional.ofNullable(token.getClaimAsStringList(claim)).orElse(List.of());
        return values.stream();
    }

    private static AuthorizationResult mayTouch(Authentication who, RequestAuthorizationContext request) {
        String site = request.getVariables().get("site");
        return new AuthorizationDecision(who instanceof JwtAuthenticationToken token
                && strings(token.getToken(), "sites").anyMatch(own -> own.equals(ALL_SITES) || own.equals(site)));
    }

    /** Another site's things are not forbidden but simply not there, so that nobody learns what exists. */
    private static void notFound(JsonMapper json, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answer(
                json,
                request,
                response,
                HttpStatus.NOT_FOUND,
                "NOT_FOUND",
                "There is no such thing, or it is not yours to see.");
    }

    /** The same document as {@link ProblemAdvice} gives, from where no controller is reached. */
    static void answer(
            JsonMapper json,
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String code,
            String detail)
            throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "about:blank");
        document.put("title", status.getReasonPhrase());
        document.put("status", status.value());
        document.put("detail", detail);
        document.put("instance", request.getRequestURI());
        document.put("code", code);
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        json.writeValue(response.getOutputStream(), document);
    }
}
