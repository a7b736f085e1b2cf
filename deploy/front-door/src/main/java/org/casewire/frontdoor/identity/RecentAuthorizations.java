package org.casewire.frontdoor.identity;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/** Remembers the last sign-ins only: Spring's own memory keeps every one until the process ends. */
final class RecentAuthorizations implements OAuth2AuthorizationService {

    private final InMemoryOAuth2AuthorizationService memory = new InMemoryOAuth2AuthorizationService();
    private final Deque<String> oldestFirst = new ArrayDeque<>();
    private final int most;

    RecentAuthorizations(int most) {
        this.most = most;
    }

    @Override
    public synchronized void save(OAuth2Authorization authorization) {
        memory.save(authorization);
        if (!oldestFirst.contains(authorization.getId())) {
            oldestFirst.add(authorization.getId());
        }
        while (oldestFirst.size() > most) {
            OAuth2Authorization oldest = memory.findById(oldestFirst.remove());
            if (oldest != null) {
                memory.remove(oldest);
            }
        }
    }

    @Override
    public synchronized void remove(OAuth2Authorization authorization) {
        memory.remove(authorization);
        oldestFirst.remove(authorization.getId());
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return memory.findById(id);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType tokenType) {
        return memory.findByToken(token, tokenType);
    }
}
