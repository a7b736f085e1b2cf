package org.casewire.events.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** While whoever issues the tokens does not answer, none can be checked: that is nobody's mistake and passes. */
class IssuerAway extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(IssuerAway.class);
    private static final String SOON = "5";

    private final JsonMapper json;
    private volatile boolean away;

    IssuerAway(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
            away = false;
        } catch (AuthenticationServiceException | JwtDecoderInitializationException unchecked) {
            warnOnce(unchecked);
            response.setHeader(HttpHeaders.RETRY_AFTER, SOON);
            AccessAutoConfiguration.answer(
                    json,
                    request,
                    response,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "ISSUER_AWAY",
                    "The issuer of tokens does not answer, so yours cannot be checked. Try again in a few seconds.");
        }
    }

    private void warnOnce(RuntimeException failure) {
        if (!away) {
            away = true;
            log.atWarn()
                    .addKeyValue("failure", failure.getClass().getSimpleName())
                    .log(
                            "The issuer of tokens does not answer; look at casewire.oidc.issuer and whether it is reachable");
        }
    }
}
