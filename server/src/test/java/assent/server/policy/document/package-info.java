@org.jspecify.annotations.NullMarked
package assent.server.policy.document;
