/** The doctor: what usually goes wrong and what to do about it, the support bundle, and diagnostics kept locally. */
package org.headgate.doctor;
