"""What is done in peer groups: seats, texts on their way, what shows, what is moderated."""
