package org.casewire.notification.calendar;

import java.util.List;

/** Entries that changed in the running transaction, each once; whatever follows from that belongs to it. */
public record EntriesChanged(List<EntryChange> entries) {}
