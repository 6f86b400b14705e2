"""Who may act for a person: inviting, accepting, confirming, ending; what was done; and worries about safety."""
