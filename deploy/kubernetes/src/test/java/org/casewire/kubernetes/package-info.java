/** The manifests, held against Kubernetes' own types and against the services they run. */
package org.casewire.kubernetes;
