/** The documents that other systems are written against, made from the events and held against what was published before. */
package org.casewire.events.contract;
