package dev.argosy.model.schema.validation;

import tools.jackson.databind.node.ObjectNode;

/** What is checked of one kind beyond its metadata. */
sealed interface KindRules
    permits AdmissionPolicyRules,
        ApiServiceRules,
        ConfigRules,
        DefinitionRules,
        DeploymentRules,
        EndpointsRules,
        EventRules,
        LeaseRules,
        NamespaceRules,
        NodeRules,
        NoRules,
        PodRules,
        PolicyBindingRules,
        RbacRules,
        ReplicaSetRules,
        ReviewRules,
        ServiceRules,
        SigningRequestRules,
        TenancyRules,
        WebhookRules {

  /** Checks an object as it is, new or changed. */
  void validate(ObjectNode object, Checks checks);

  /** Checks a change, beyond the new object as such. */
  default void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {}

  /** Checks a change of the status. */
  default void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {}
}
