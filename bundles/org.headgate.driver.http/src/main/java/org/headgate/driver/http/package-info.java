/** Devices that are asked over HTTP, or that post and connect by themselves. */
package org.headgate.driver.http;
