package org.casewire.notification.embed;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.access.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * The way in for embed tokens: to the alerts of their user and to nothing else. Everything that bears another token goes
 * the usual way.
 */
@Configuration(proxyBeanMethods = false)
class EmbedSecurity {

    private static final String BEARER = "Bearer ";
    private static final Duration PREFLIGHT_HOLDS = Duration.ofMinutes(10);

    private static final List<PathPatternRequestMatcher> ALERTS = List.of(
            matcher(HttpMethod.GET, "/api/sites/{site}/users/{user}/alerts"),
            matcher(HttpMethod.GET, "/api/sites/{site}/users/{user}/alerts/stream"),
            matcher(HttpMethod.POST, "/api/sites/{site}/alerts/{id}/dismissal"));

    private static final List<PathPatternRequestMatcher> ASKED_BEFORE = List.of(
            matcher(HttpMethod.OPTIONS, "/api/sites/{site}/users/{user}/alerts"),
            matcher(HttpMethod.OPTIONS, "/api/sites/{site}/users/{user}/alerts/stream"),
            matcher(HttpMethod.OPTIONS, "/api/sites/{site}/alerts/{id}/dismissal"));

    private final EmbedOrigins origins;
    private final HandlerExceptionResolver problems;

    EmbedSecurity(EmbedOrigins origins, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.origins = origins;
        this.problems = problems;
    }

    private static PathPatternRequestMatcher matcher(HttpMethod method, String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(method, pattern);
    }

    static Problem notListed() {
        return new Problem(
                HttpStatus.FORBIDDEN,
                "ORIGIN_NOT_LISTED",
                "Pages of this origin may not show the site's alerts; add it to the site's embedOrigins.");
    }

    @Bean
    @Order(0)
    SecurityFilterChain embedGuard(HttpSecurity http, EmbedTokens tokens) throws Exception {
        return http.securityMatcher(request -> bearsEmbedToken(request) || isAskedBefore(request))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .cors(cors -> cors.configurationSource(this::sharing))
                .authorizeHttpRequests(
                        requests -> requests.anyRequest().access((who, request) -> mayAsk(who.get(), request)))
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(tokens::read)
                                .jwtAuthenticationConverter(token -> new JwtAuthenticationToken(
                                        token, AuthorityUtils.createAuthorityList("ROLE_STAFF"))))
                        .authenticationEntryPoint((request, response, failure) -> answer(request, response, expired()))
                        .accessDeniedHandler((request, response, denied) -> answer(request, response, denied(request))))
                .build();
    }

    private static boolean bearsEmbedToken(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null
                && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && EmbedTokens.isOne(header.substring(BEARER.length()).strip());
    }

    private static boolean isAskedBefore(HttpServletRequest request) {
        return CorsUtils.isPreFlightRequest(request) && ASKED_BEFORE.stream().anyMatch(path -> path.matches(request));
    }

    private static Optional<Map<String, String>> alerts(HttpServletRequest request) {
        return ALERTS.stream()
                .map(path -> path.matcher(request))
                .filter(found -> found.isMatch())
                .map(found -> found.getVariables())
                .findFirst();
    }

    private static AuthorizationResult decision(boolean granted) {
        return new AuthorizationDecision(granted);
    }

    private AuthorizationResult mayAsk(@Nullable Authentication who, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        return decision(who instanceof JwtAuthenticationToken token
                && alerts(request)
                        .filter(path ->
                                path.getOrDefault("user", token.getName()).equals(token.getName()))
                        .map(path -> path.getOrDefault("site", ""))
                        .filter(site -> List.of(site).equals(token.getToken().getClaimAsStringList("sites")))
                        .filter(site -> origins.mayAsk(request, site))
                        .isPresent());
    }

    /** What pages of the listed origins may do; of others nothing is said, and their browsers keep the answer from them. */
    private @Nullable CorsConfiguration sharing(HttpServletRequest request) {
        return ASKED_BEFORE.stream()
                .map(path -> path.matcher(request))
                .filter(found -> found.isMatch())
                .findFirst()
                .map(found -> found.getVariables())
                .or(() -> alerts(request))
                .map(path -> path.getOrDefault("site", ""))
                .filter(site -> CorsUtils.isPreFlightRequest(request) || isListed(request, site))
                .map(this::sharingOf)
                .orElse(null);
    }

    private boolean isListed(HttpServletRequest request, String site) {
        return origins.listedBy(site).contains(String.valueOf(request.getHeader(HttpHeaders.ORIGIN)));
    }

    private CorsConfiguration sharingOf(String site) {
        CorsConfiguration sharing = new CorsConfiguration();
        sharing.setAllowedOrigins(origins.listedBy(site));
        sharing.setAllowedMethods(List.of("GET", "POST"));
        sharing.setAllowedHeaders(
                List.of("Authorization", "Accept", "Content-Type", "Cache-Control", "Last-Event-ID", "traceparent"));
        sharing.setMaxAge(PREFLIGHT_HOLDS);
        return sharing;
    }

    private static Problem expired() {
        return new Problem(
                HttpStatus.UNAUTHORIZED,
                "UNAUTHENTICATED",
                "The embed token is not known or its time is over; have the application ask for another one.");
    }

    private Problem denied(HttpServletRequest request) {
        boolean isTheOrigin = alerts(request)
                .map(path -> path.getOrDefault("site", ""))
                .filter(site -> !origins.mayAsk(request, site))
                .isPresent();
        return isTheOrigin ? notListed() : Problem.notFound("There is no such thing, or it is not for this token.");
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Problem problem) {
        if (problem.getStatusCode().value() == HttpStatus.UNAUTHORIZED.value()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        }
        problems.resolveException(request, response, null, problem);
    }
}
