package org.casewire.notification.users;

import java.util.List;

/** Users whose profiles changed in the running transaction; whatever follows from that belongs to it. */
public record ProfilesChanged(List<UserKey> users) {}
