package org.casewire.local.process;

/** A process that must be stopped in the end. */
record Tracked(String name, ProcessHandle handle, StopSignal stopSignal) {}
