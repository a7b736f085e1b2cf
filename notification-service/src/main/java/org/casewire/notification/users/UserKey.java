package org.casewire.notification.users;

/** A user of a site. */
public record UserKey(String site, String userId) {}
