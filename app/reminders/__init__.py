"""What to say to whom and when: reminders, push subscriptions and their delivery."""
